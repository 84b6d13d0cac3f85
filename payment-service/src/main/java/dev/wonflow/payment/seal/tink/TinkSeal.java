package dev.wonflow.payment.seal.tink;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import dev.wonflow.payment.seal.Keyset;
import dev.wonflow.payment.seal.Owner;
import dev.wonflow.payment.seal.Seal;
import dev.wonflow.runtime.StartRefused;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Seals with Tink's AEAD; what a secret belongs to is the associated data. */
@Component
public final class TinkSeal implements Seal {

    private final String setting;
    private final @Nullable Keys keys;

    private record Keys(Aead aead, int primary) {}

    public TinkSeal(Keyset keyset) {
        this.setting = keyset.setting();
        String json = keyset.json();
        this.keys = json == null || json.isBlank() ? null : read(setting, json);
    }

    /** The cause is left out: it may quote what it could not read. */
    private static Keys read(String setting, String json) {
        try {
            Configuration aead = AeadConfig2026.get();
            KeysetHandle handle = TinkJsonProtoKeysetFormat.parseKeyset(json, aead, InsecureSecretKeyAccess.get());
            return new Keys(
                    handle.getPrimitive(aead, Aead.class), handle.getPrimary().getId());
        } catch (GeneralSecurityException | RuntimeException _) {
            throw new StartRefused(
                    setting + ": unreadable (expected: a keyset of Tink for AEAD, as JSON)",
                    "Set it to the whole of what tinkey create-keyset wrote as JSON, or leave it out until it is there:"
                            + " no billing method can be registered or charged meanwhile, and webhooks of payments are"
                            + " recognised by nothing.");
        }
    }

    @Override
    public byte[] seal(String secret, Owner owner) {
        try {
            return require().aead().encrypt(secret.getBytes(StandardCharsets.UTF_8), owner.bytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal", e);
        }
    }

    @Override
    public Optional<String> open(byte[] sealed, Owner owner) {
        try {
            return Optional.of(new String(require().aead().decrypt(sealed, owner.bytes()), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
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
            throw new IllegalStateException(setting + ": none (expected: a keyset to seal with)");
        }
        return keys;
    }
}
