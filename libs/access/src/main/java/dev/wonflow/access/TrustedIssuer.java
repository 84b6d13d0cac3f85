package dev.wonflow.access;

import dev.wonflow.runtime.RealMoney;
import dev.wonflow.runtime.ThisMachine;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.core.env.ConfigurableEnvironment;
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
     * @throws IssuerUnusable if there is no issuer, one whose answers others could forge, or one for practice where
     *     money is real
     */
    static TrustedIssuer of(OAuth2ResourceServerProperties.Jwt settings, ConfigurableEnvironment environment) {
        String issuer = settings.getIssuerUri();
        if (!StringUtils.hasText(issuer)) {
            throw new IssuerUnusable(SETTINGS + "issuer-uri: not set (expected: the issuer whose tokens are accepted)");
        }
        String keys = settings.getJwkSetUri();
        Optional<String> realMoney = RealMoney.signOf(environment);
        return new TrustedIssuer(
                fit(SETTINGS + "issuer-uri", issuer, realMoney),
                StringUtils.hasText(keys) ? fit(SETTINGS + "jwk-set-uri", keys, realMoney) : null);
    }

    /** An issuer beside the service is one to practise with: everybody knows its passwords. */
    private static URI fit(String setting, String text, Optional<String> realMoney) {
        URI uri = fit(setting, text.strip());
        if (realMoney.isPresent() && (!"https".equals(uri.getScheme()) || ThisMachine.is(uri.getHost()))) {
            throw new IssuerUnusable(setting + ": " + uri + " " + realMoney.get()
                    + " (expected: https, and not this machine, where money is real)");
        }
        return uri;
    }

    /** Keys that come over a line others can write on are anybody's keys. */
    static URI fit(String what, String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException _) {
            throw new IssuerUnusable(what + ": no URL (expected: https, or this machine)");
        }
        boolean fits =
                "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && ThisMachine.is(uri.getHost()));
        if (!fits || uri.getHost() == null) {
            throw new IssuerUnusable(what + ": " + text + " (expected: https, or this machine)");
        }
        return uri;
    }
}
