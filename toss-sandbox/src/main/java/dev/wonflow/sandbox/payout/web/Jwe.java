package dev.wonflow.sandbox.payout.web;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.SecurityKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Bodies encrypted with a security key (ENCRYPTION): compact JWE, {@code dir} and {@code A256GCM}, with the time and a
 * nonce in the protected header. A body compressed with {@code DEF} is opened as well.
 */
@Component
class Jwe {

    private static final String ISSUED_AT = "iat";
    private static final String NONCE = "nonce";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final IdSource ids;
    private final Clock clock;

    Jwe(IdSource ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** What was in an encrypted body, and the key that opened it. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and nobody changes the array.
    record Opened(byte[] payload, SecurityKey key) {}

    /**
     * Opens a body with one of the keys.
     *
     * @throws Refused if none opens it, or it is not encrypted as Toss asks for
     */
    Opened open(String text, List<SecurityKey> keys) {
        for (SecurityKey key : keys) {
            JWEObject jwe = parsed(text);
            try {
                jwe.decrypt(new DirectDecrypter(key.decoded()));
                return new Opened(jwe.getPayload().toBytes(), key);
            } catch (JOSEException _) {
                // Encrypted with the other key, or with none of them.
            }
        }
        throw new Refused(TossError.INVALID_REQUEST);
    }

    private static JWEObject parsed(String text) {
        JWEObject jwe;
        try {
            jwe = JWEObject.parse(text);
        } catch (ParseException | IllegalArgumentException _) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        JWEHeader header = jwe.getHeader();
        boolean valid = JWEAlgorithm.DIR.equals(header.getAlgorithm())
                && EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())
                && isTime(header.getCustomParam(ISSUED_AT))
                && header.getCustomParam(NONCE) instanceof String nonce
                && !nonce.isBlank();
        if (!valid) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return jwe;
    }

    private static boolean isTime(@Nullable Object value) {
        try {
            return value instanceof String text && OffsetDateTime.parse(text) != null;
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    /** Encrypts a body. */
    byte[] seal(byte[] payload, SecurityKey key) {
        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                .customParam(ISSUED_AT, TIME.format(clock.instant()))
                .customParam(NONCE, ids.next().toString())
                .build();
        JWEObject jwe = new JWEObject(header, new Payload(payload));
        try {
            jwe.encrypt(new DirectEncrypter(key.decoded()));
        } catch (JOSEException e) {
            throw new IllegalStateException("A256GCM is part of every Java", e);
        }
        return jwe.serialize().getBytes(StandardCharsets.US_ASCII);
    }
}
