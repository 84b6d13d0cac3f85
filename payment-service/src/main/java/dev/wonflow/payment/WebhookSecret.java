package dev.wonflow.payment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The value by which Toss's webhooks about one payment can be recognised. Cannot be printed. */
public record WebhookSecret(String value) {

    /** Compares in constant time, so that answers' timing tells a forger nothing. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
