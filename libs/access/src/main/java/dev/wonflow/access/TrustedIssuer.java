package dev.wonflow.access;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.util.StringUtils;

/**
 * Whose tokens are accepted.
 *
 * @param keys where its keys are; none if it says so itself
 */
record TrustedIssuer(URI uri, @Nullable URI keys) {

    private static final String SETTINGS = "spring.security.oauth2.resourceserver.jwt.";

    /**
     * Reads Spring's own settings.
     *
     * @throws IssuerUnusable if there is no issuer, or one whose answers others could forge
     */
    static TrustedIssuer of(OAuth2ResourceServerProperties.Jwt settings) {
        String issuer = settings.getIssuerUri();
        if (!StringUtils.hasText(issuer)) {
            throw new IssuerUnusable(SETTINGS + "issuer-uri: not set (expected: the issuer whose tokens are accepted)");
        }
        String keys = settings.getJwkSetUri();
        return new TrustedIssuer(
                fit(SETTINGS + "issuer-uri", issuer.strip()),
                StringUtils.hasText(keys) ? fit(SETTINGS + "jwk-set-uri", keys.strip()) : null);
    }

    /** Keys that come over a line others can write on are anybody's keys. */
    static URI fit(String what, String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IssuerUnusable(what + ": no URL (expected: https, or this machine)", e);
        }
        boolean fits = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isThisMachine(uri));
        if (!fits || uri.getHost() == null) {
            throw new IssuerUnusable(what + ": " + text + " (expected: https, or this machine)");
        }
        return uri;
    }

    private static boolean isThisMachine(URI uri) {
        try {
            return uri.getHost() != null && InetAddress.getByName(uri.getHost()).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
