package dev.wonflow.payment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names for secrets that lead nobody back to them, by which they are recognised. Toss makes its secrets of so much
 * chance that no list of likely ones can be tried. webhook-ingest makes the same, so a purpose is a contract.
 */
public final class Print {

    private Print() {}

    /** Answers 64 hexadecimal digits; another purpose gives another print. */
    public static String of(String purpose, String secret) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((purpose + secret).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
