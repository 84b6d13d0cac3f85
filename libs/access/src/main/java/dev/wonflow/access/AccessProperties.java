package dev.wonflow.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of sign-in, beside Spring's own {@code spring.security.oauth2.resourceserver.jwt}.
 *
 * @param clockSkew how far the issuer's clock may differ from ours; 30 seconds at most
 * @param keysFresh how long the issuer's keys are used before they are fetched again, and so, twice at most, how long a
 *     key that the issuer took back still counts while the issuer answers
 * @param keysGrace how long they are used while the issuer does not answer
 */
@ConfigurationProperties("wonflow.access")
record AccessProperties(
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("5m") Duration keysFresh,
        @DefaultValue("12h") Duration keysGrace) {

    private static final Duration MAX_SKEW = Duration.ofSeconds(30);

    AccessProperties {
        if (clockSkew.isNegative() || clockSkew.compareTo(MAX_SKEW) > 0) {
            throw new IllegalArgumentException(
                    "wonflow.access.clock-skew: " + clockSkew + " (expected: 0 to " + MAX_SKEW + ")");
        }
        if (!keysFresh.isPositive()) {
            throw new IllegalArgumentException("wonflow.access.keys-fresh: " + keysFresh + " (expected: more than 0)");
        }
        if (keysGrace.compareTo(keysFresh) < 0) {
            throw new IllegalArgumentException(
                    "wonflow.access.keys-grace: " + keysGrace + " (expected: keys-fresh or more)");
        }
    }
}
