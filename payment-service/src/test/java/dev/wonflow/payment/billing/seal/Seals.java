package dev.wonflow.payment.billing.seal;

import dev.wonflow.payment.billing.BillingProperties;
import dev.wonflow.payment.billing.KeySeal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes seals for tests. */
public final class Seals {

    private Seals() {}

    public static KeySeal of(@Nullable String keyset) {
        return new TinkKeySeal(new BillingProperties(keyset, Duration.ofMinutes(1), Duration.ofMinutes(10), 100));
    }
}
