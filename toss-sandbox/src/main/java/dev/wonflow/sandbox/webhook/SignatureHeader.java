package dev.wonflow.sandbox.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The value of the header {@code tosspayments-webhook-signature}: {@code v1:} and the Base64 of an HMAC-SHA256 over
 * body, colon and time of transmission, once for each active key with a comma between. A receiver needs one of them to
 * match.
 */
public final class SignatureHeader {

    private static final String ALGORITHM = "HmacSHA256";

    private SignatureHeader() {}

    /**
     * Signs a message.
     *
     * @param keys bytes of each active key
     */
    public static String of(List<byte[]> keys, String body, String transmissionTime) {
        byte[] message = (body + ":" + transmissionTime).getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> "v1:" + Base64.getEncoder().encodeToString(hmac(key, message)))
                .collect(Collectors.joining(","));
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java", e);
        }
    }
}
