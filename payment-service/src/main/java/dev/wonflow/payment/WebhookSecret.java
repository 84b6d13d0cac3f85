package dev.wonflow.payment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The value by which Toss's webhooks about one payment can be recognised. Cannot be printed. */
public record WebhookSecret(String value) {

    private static final String PURPOSE = "wonflow webhook secret 1:";

    /** A name for the secret that leads nobody back to it, which is all that is passed on of a webhook's. */
    public String print() {
        return Print.of(PURPOSE, value);
    }

    /** Whether it is a print of this secret; in constant time, so that answers' timing tells a forger nothing. */
    public boolean isPrintedAs(String print) {
        return MessageDigest.isEqual(print().getBytes(StandardCharsets.UTF_8), print.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
