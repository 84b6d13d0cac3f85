package dev.wonflow.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The merchant's security key (보안 키) at Toss: 64 hexadecimal digits. Cannot be printed.
 *
 * <p>Toss does not say whether the HMAC key is the text's bytes or the bytes the text stands for; both count.
 *
 * @see <a href="https://docs.tosspayments.com/reference/using-api/webhook-events">Toss webhook events</a>
 */
final class SecurityKey {

    private static final String ALGORITHM = "HmacSHA256";

    private static final Pattern FORMAT = Pattern.compile("[0-9a-fA-F]{64}");

    private final List<SecretKeySpec> readings;

    /** @throws IllegalArgumentException if {@code text} is not 64 hexadecimal digits; the message does not show it */
    SecurityKey(String text) {
        if (!FORMAT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "security key: " + text.length() + " characters (expected: 64 hexadecimal digits)");
        }
        this.readings = List.of(
                new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM),
                new SecretKeySpec(HexFormat.of().parseHex(text), ALGORITHM));
    }

    /** Tells whether one of {@code signatures} belongs to the message; takes the same time wherever they differ. */
    boolean matches(byte[] body, String transmissionTime, List<byte[]> signatures) {
        boolean matches = false;
        for (SecretKeySpec key : readings) {
            byte[] expected = mac(key, body, transmissionTime);
            for (byte[] signature : signatures) {
                matches |= MessageDigest.isEqual(expected, signature);
            }
        }
        return matches;
    }

    private static byte[] mac(SecretKeySpec key, byte[] body, String transmissionTime) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(body);
            mac.update((byte) ':');
            // Latin-1 gives back the bytes the header had on the wire.
            return mac.doFinal(transmissionTime.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(ALGORITHM + ": not usable (expected: part of every JDK)", e);
        }
    }

    @Override
    public String toString() {
        return "SecurityKey[***]";
    }
}
