package dev.wonflow.payment.billing.seal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.billing.BillingNotSetUp;
import dev.wonflow.payment.billing.BillingProperties;
import dev.wonflow.payment.billing.KeySeal;
import dev.wonflow.payment.billing.KeyUnreadable;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.runtime.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Seals with the primary key of a Tink keyset, and opens with any of its keys. */
@Component
final class TinkKeySeal implements KeySeal {

    private static final String PURPOSE = "wonflow billing method 1";

    private final @Nullable Keys keys;

    private record Keys(Aead aead, int primary) {}

    TinkKeySeal(BillingProperties properties) {
        String keyset = properties.keyset();
        this.keys = keyset == null || keyset.isBlank() ? null : read(keyset);
    }

    /** The cause is left out: it may quote what it could not read. */
    private static Keys read(String keyset) {
        try {
            Configuration aead = AeadConfig2026.get();
            KeysetHandle handle = TinkJsonProtoKeysetFormat.parseKeyset(keyset, aead, InsecureSecretKeyAccess.get());
            return new Keys(
                    handle.getPrimitive(aead, Aead.class), handle.getPrimary().getId());
        } catch (GeneralSecurityException | RuntimeException _) {
            throw new IllegalArgumentException(
                    "wonflow.billing.keyset: unreadable (expected: a keyset of Tink for AEAD, as JSON)");
        }
    }

    @Override
    public byte[] seal(BillingKey key, TenantId tenant, BillingMethodId method) {
        try {
            return require().aead().encrypt(key.value().getBytes(StandardCharsets.UTF_8), bound(tenant, method));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal", e);
        }
    }

    @Override
    public BillingKey open(byte[] sealed, TenantId tenant, BillingMethodId method) {
        try {
            return new BillingKey(
                    new String(require().aead().decrypt(sealed, bound(tenant, method)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException _) {
            throw new KeyUnreadable(method);
        }
    }

    @Override
    public int sealsUnder() {
        return require().primary();
    }

    @Override
    public boolean isSetUp() {
        return keys != null;
    }

    private Keys require() {
        if (keys == null) {
            throw new BillingNotSetUp();
        }
        return keys;
    }

    /** The id has a fixed length, so that no two pairs are bound to the same bytes. */
    private static byte[] bound(TenantId tenant, BillingMethodId method) {
        byte[] purpose = PURPOSE.getBytes(StandardCharsets.US_ASCII);
        byte[] owner = tenant.value().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(purpose.length + 2 * Long.BYTES + owner.length)
                .put(purpose)
                .putLong(method.value().getMostSignificantBits())
                .putLong(method.value().getLeastSignificantBits())
                .put(owner)
                .array();
    }
}
