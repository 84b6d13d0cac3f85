package dev.wonflow.payment.seal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of sealing. Their names are of the first secrets that were sealed.
 *
 * @param keyset what billing keys and the secrets of webhooks are sealed with: a keyset of Tink for AEAD, as JSON;
 *     never printed. Without it no billing method can be registered or charged, and no webhook be told by its secret
 * @param resealInterval pause between two looks for what is sealed under another key than the first of the keyset
 * @param resealBatch secrets of one kind sealed anew in one transaction
 */
@ConfigurationProperties("wonflow.billing")
record SealProperties(
        @Nullable String keyset,
        @DefaultValue("10m") Duration resealInterval,
        @DefaultValue("100") int resealBatch) {

    SealProperties {
        if (!resealInterval.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.billing.reseal-interval: " + resealInterval + " (expected: more than 0)");
        }
        if (resealBatch < 1 || resealBatch > 10_000) {
            throw new IllegalArgumentException(
                    "wonflow.billing.reseal-batch: " + resealBatch + " (expected: 1 to 10000)");
        }
    }

    @Override
    public String toString() {
        return "SealProperties[keyset=***, resealInterval=" + resealInterval + ", resealBatch=" + resealBatch + "]";
    }
}
