package dev.wonflow.webhook;

import dev.wonflow.runtime.AliasedVariable;
import dev.wonflow.runtime.StartRefused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Grades a webhook by its signature. Works on the raw bytes: JSON that was parsed and printed again has other bytes.
 */
@Component
public final class Signatures {

    /** The key as the two teams call it. */
    static final AliasedVariable SECRET = new AliasedVariable("TOSS_WEBHOOK_SECRET", "TOSS_PAYMENTS_WEBHOOK_SECRET");

    /** The one that signs, and while it is being replaced the other. */
    private static final int MOST_KEYS = 2;

    /** Toss sends two while a key is being replaced; more than this is not Toss. */
    private static final int MOST_SIGNATURES = 8;

    private static final String VERSION = "v1:";

    private final List<SecurityKey> keys;
    private final boolean required;

    @Autowired
    Signatures(Environment environment, WebhookProperties settings) {
        this(SECRET.resolve(environment).map(Signatures::keys).orElse(List.of()), settings.requireSignature());
    }

    Signatures(List<SecurityKey> keys, boolean required) {
        if (required && keys.isEmpty()) {
            throw new StartRefused(
                    "wonflow.webhook.require-signature: true without " + SECRET.name()
                            + " (expected: the security key of the developer center in " + SECRET.name() + ")",
                    "Set " + SECRET.name() + ", or leave WONFLOW_WEBHOOK_REQUIRESIGNATURE out: Toss itself signs no"
                            + " payment webhooks.");
        }
        this.keys = List.copyOf(keys);
        this.required = required;
    }

    /**
     * Answers how far a webhook can be believed.
     *
     * @param signature value of {@link TossHeader#SIGNATURE}; {@code null} when the header is absent
     * @param transmissionTime value of {@link TossHeader#TRANSMISSION_TIME}, part of what is signed
     * @throws WebhookRefused if a signature is present and wrong, present and not verifiable, or missing and required
     */
    public Grade grade(byte[] body, @Nullable String signature, @Nullable String transmissionTime) {
        if (signature == null) {
            if (required) {
                throw new WebhookRefused(Refusal.SIGNATURE_MISSING, "signature: missing (expected: " + header() + ")");
            }
            return Grade.UNVERIFIED;
        }
        if (keys.isEmpty()) {
            throw new WebhookRefused(
                    Refusal.SECRET_MISSING, "signature: cannot be verified yet (expected: " + SECRET.name() + " set)");
        }
        if (transmissionTime == null || !isOfOneKey(body, transmissionTime, values(signature))) {
            throw new WebhookRefused(
                    Refusal.SIGNATURE_WRONG, "signature: does not belong to this body and transmission time");
        }
        return Grade.SIGNED;
    }

    /** Every key is tried, so that the time tells nothing of which one signs. */
    private boolean isOfOneKey(byte[] body, String transmissionTime, List<byte[]> signatures) {
        boolean matches = false;
        for (SecurityKey key : keys) {
            matches |= key.matches(body, transmissionTime, signatures);
        }
        return matches;
    }

    private static String header() {
        return TossHeader.SIGNATURE + ": " + VERSION + "<base64>";
    }

    /** Separated by a comma. */
    private static List<SecurityKey> keys(String text) {
        String[] keys = text.split(",", -1);
        if (keys.length > MOST_KEYS) {
            throw new StartRefused(
                    SECRET.name() + ": " + keys.length
                            + " security keys (expected: one, or two while one is being replaced)",
                    "Leave out the keys that Toss does not sign with any more.");
        }
        return Arrays.stream(keys).map(String::strip).map(Signatures::key).toList();
    }

    private static SecurityKey key(String text) {
        try {
            return new SecurityKey(text);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(
                    SECRET.name() + ": " + e.getMessage(),
                    "Copy the security key (보안 키) from the Toss developer center; it is neither the secret key nor the"
                            + " client key.");
        }
    }

    /**
     * The readable values of {@code v1:BASE64,v1:BASE64}; what is not base64, or of another version, is passed over.
     */
    private static List<byte[]> values(String header) {
        List<byte[]> values = new ArrayList<>();
        for (String part : header.split(",", MOST_SIGNATURES + 1)) {
            String entry = part.strip();
            if (entry.startsWith(VERSION) && values.size() < MOST_SIGNATURES) {
                try {
                    values.add(Base64.getDecoder()
                            .decode(entry.substring(VERSION.length()).strip()));
                } catch (IllegalArgumentException _) {
                    // Not base64, so not a signature; another value may still be one.
                }
            }
        }
        return values;
    }
}
