package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the secret key out of an Authorization header: {@code Basic base64(secretKey + ":")}. */
final class BasicCredentials {

    private static final String SCHEME = "basic ";

    private BasicCredentials() {}

    /**
     * Answers the user name. The scheme may be written in any case, and the padding may be missing: clients do both.
     *
     * @throws Refused if there is no Basic credential, or no colon in it
     */
    static String secretKey(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw new Refused(TossError.UNAUTHORIZED_KEY);
        }
        String credential = decoded(authorization.substring(SCHEME.length()).strip());
        int colon = credential.indexOf(':');
        if (colon < 0) {
            throw new Refused(TossError.INCORRECT_BASIC_AUTH_FORMAT);
        }
        return credential.substring(0, colon);
    }

    private static String decoded(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new Refused(TossError.UNAUTHORIZED_KEY);
        }
    }
}
