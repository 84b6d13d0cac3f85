package dev.wonflow.sandbox.billing;

import dev.wonflow.runtime.IdSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Mints keys that look like those of Toss. */
@Component
class BillingKeyMint {

    private final IdSource ids;

    BillingKeyMint(IdSource ids) {
        this.ids = ids;
    }

    String authorizationId() {
        return "blnauth_" + ids.next().toString().replace("-", "");
    }

    String authKey() {
        return "e_" + ids.next().toString().replace("-", "").toUpperCase(Locale.ROOT);
    }

    /** 44 characters of url-safe Base64 that end in {@code =}; clients have to cope with that in a path. */
    String billingKey() {
        return Base64.getUrlEncoder()
                .encodeToString(digest().digest(ids.next().toString().getBytes(StandardCharsets.US_ASCII)));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
