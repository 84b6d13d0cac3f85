package dev.wonflow.subscription.notice;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what tenants are told before it happens.
 *
 * @param trialAhead how long before a trial ends; 0: not
 * @param renewalAhead how long before a period is charged that is longer than that; 0: not
 * @param every pause between two looks
 */
@ConfigurationProperties("wonflow.notice.upcoming")
public record UpcomingProperties(
        @DefaultValue("7d") Duration trialAhead,
        @DefaultValue("3d") Duration renewalAhead,
        @DefaultValue("10m") Duration every) {

    private static final Duration LONGEST = Duration.ofDays(90);

    public UpcomingProperties {
        require("trial-ahead", trialAhead);
        require("renewal-ahead", renewalAhead);
        if (!every.isPositive()) {
            throw new IllegalArgumentException("wonflow.notice.upcoming.every: " + every + " (expected: > 0)");
        }
    }

    private static void require(String name, Duration ahead) {
        if (ahead.isNegative() || ahead.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "wonflow.notice.upcoming." + name + ": " + ahead + " (expected: 0 to " + LONGEST + ")");
        }
    }
}
