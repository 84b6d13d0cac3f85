package dev.wonflow.payment.gateway.toss;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Seals with AES-GCM, under a key made from Toss's secret key, what is needed for no longer than a call to Toss may
 * take; what was sealed under an earlier key does not open.
 */
final class KeyedSeal<T> {

    private static final Logger log = LoggerFactory.getLogger(KeyedSeal.class);

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Class<T> type;
    private final SecretKey key;
    private final SecureRandom random;
    private final JsonMapper json;

    /**
     * Creates one.
     *
     * @param purpose what is sealed; nothing sealed for another purpose opens
     */
    KeyedSeal(String purpose, Class<T> type, String secretKey, SecureRandom random, JsonMapper json) {
        this.type = type;
        this.key = key(purpose, secretKey);
        this.random = random;
        this.json = json;
    }

    /** A secret key has far more than 128 bits of chance, so one keyed hash makes a key of it. */
    private static SecretKey key(String purpose, String secretKey) {
        try {
            Mac hash = Mac.getInstance("HmacSHA256");
            hash.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return new SecretKeySpec(hash.doFinal(purpose.getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot hash", e);
        }
    }

    byte[] seal(T content, String of) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, of).doFinal(json.writeValueAsBytes(content));
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal", e);
        }
    }

    Optional<T> open(byte[] sealed, String of) {
        if (sealed.length <= NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] rest = new byte[sealed.length - NONCE_BYTES];
        ByteBuffer.wrap(sealed).get(nonce).get(rest);
        try {
            byte[] content = cipher(Cipher.DECRYPT_MODE, nonce, of).doFinal(rest);
            return Optional.of(json.readValue(content, type));
        } catch (GeneralSecurityException _) {
            log.warn("What is sealed for {} cannot be opened", of);
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String of) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(of.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
