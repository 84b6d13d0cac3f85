package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.AccountSeal;
import dev.wonflow.payment.gateway.RefundAccount;
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
 * Seals with AES-GCM, under a key made from Toss's secret key: a holder of that could send the money anywhere anyway.
 * An account is sealed for the seconds a refund takes; one sealed under an earlier key is asked for again.
 */
final class KeyedAccountSeal implements AccountSeal {

    private static final Logger log = LoggerFactory.getLogger(KeyedAccountSeal.class);

    private static final String PURPOSE = "wonflow refund account 1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random;
    private final JsonMapper json;

    KeyedAccountSeal(String secretKey, SecureRandom random, JsonMapper json) {
        this.key = key(secretKey);
        this.random = random;
        this.json = json;
    }

    /** A secret key has far more than 128 bits of chance, so one keyed hash makes a key of it. */
    private static SecretKey key(String secretKey) {
        try {
            Mac hash = Mac.getInstance("HmacSHA256");
            hash.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return new SecretKeySpec(hash.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot hash", e);
        }
    }

    @Override
    public byte[] seal(RefundAccount account, String of) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, of).doFinal(json.writeValueAsBytes(account));
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal", e);
        }
    }

    @Override
    public Optional<RefundAccount> open(byte[] sealed, String of) {
        if (sealed.length <= NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] rest = new byte[sealed.length - NONCE_BYTES];
        ByteBuffer.wrap(sealed).get(nonce).get(rest);
        try {
            byte[] account = cipher(Cipher.DECRYPT_MODE, nonce, of).doFinal(rest);
            return Optional.of(json.readValue(account, RefundAccount.class));
        } catch (GeneralSecurityException _) {
            log.warn("The account of refund {} cannot be opened", of);
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
