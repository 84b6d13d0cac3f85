package dev.wonflow.payment.billing.seal;

import dev.wonflow.payment.billing.KeySeal;
import dev.wonflow.payment.seal.Keyset;
import dev.wonflow.payment.seal.Seal;
import dev.wonflow.payment.seal.tink.TinkSeal;
import org.jspecify.annotations.Nullable;

/** Makes seals for tests. */
public final class Seals {

    private Seals() {}

    public static KeySeal of(@Nullable String keyset) {
        return new BoundKeySeal(shared(keyset));
    }

    public static Seal shared(@Nullable String keyset) {
        return new TinkSeal(new Keyset("wonflow.billing.keyset", keyset));
    }
}
