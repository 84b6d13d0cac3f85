package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.CallLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of calling Toss. Keys and address come from the environment variables {@code TOSS_…}.
 *
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for the answer to a confirm; after it the outcome is unknown, not failed
 * @param cancelTimeout longest wait for the answer to a cancel, which may take a bank's time
 * @param inquiryTimeout longest wait for the answer to a question, which costs nothing to ask again
 * @param acceptTestKeyInProduction whether a production stage may run on a test key, where nobody really pays
 */
@ConfigurationProperties("wonflow.toss")
record TossProperties(
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("60s") Duration readTimeout,
        @DefaultValue("60s") Duration cancelTimeout,
        @DefaultValue("20s") Duration inquiryTimeout,
        @DefaultValue("false") boolean acceptTestKeyInProduction) {

    TossProperties {
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("read-timeout", readTimeout);
        requirePositive("cancel-timeout", cancelTimeout);
        requirePositive("inquiry-timeout", inquiryTimeout);
    }

    CallLimits callLimits() {
        Duration longer = readTimeout.compareTo(cancelTimeout) > 0 ? readTimeout : cancelTimeout;
        return new CallLimits(connectTimeout.plus(longer).plus(connectTimeout).plus(inquiryTimeout));
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("wonflow.toss." + name + ": " + value + " (expected: more than 0)");
        }
    }
}
