package dev.wonflow.payment.gateway;

import dev.wonflow.payment.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a buyer's card can be charged with, together with the buyer's customerKey. Cannot be printed.
 *
 * @param value 1 to 200 characters
 */
public record BillingKey(String value) {

    private static final String PURPOSE = "wonflow billing key 1:";
    private static final int MAX = 200;

    public BillingKey {
        Text.require("billingKey", value, MAX);
    }

    /**
     * A name for the key that leads nobody back to it, by which it is recognised when Toss names it. Toss makes its
     * keys of 256 bits of chance, so no list of likely ones can be tried.
     */
    public String print() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((PURPOSE + value).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
