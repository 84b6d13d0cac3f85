package dev.wonflow.payment.gateway;

import dev.wonflow.payment.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the billing window hands over when a buyer has agreed: worth one billing key. Cannot be printed.
 *
 * @param value 1 to 300 characters
 */
public record AuthKey(String value) {

    private static final String PURPOSE = "wonflow auth key 1:";
    private static final int MAX = 300;

    public AuthKey {
        Text.require("authKey", value, MAX);
    }

    /**
     * Bound to the authKey, of which it tells nothing: Toss answers a repeat with the billing key it has issued, so
     * that an answer that was lost can be had again for 15 days.
     */
    public String idempotencyKey() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((PURPOSE + value).getBytes(StandardCharsets.UTF_8));
            return "billing:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
