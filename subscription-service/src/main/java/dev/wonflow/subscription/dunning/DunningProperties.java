package dev.wonflow.subscription.dunning;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of dunning; how tenants are treated is a policy, and data.
 *
 * @param judgeAfter time after which a decline counts though charges are still under way
 * @param following results after a decline that show that it was not one of a systemic fault; at least 1
 * @param poll longest pause until what another instance left is found
 */
@ConfigurationProperties("wonflow.dunning")
record DunningProperties(
        @DefaultValue("5m") Duration judgeAfter,
        @DefaultValue("200") int following,
        @DefaultValue("2s") Duration poll) {

    DunningProperties {
        if (judgeAfter.isNegative() || !poll.isPositive()) {
            throw new IllegalArgumentException("wonflow.dunning.judge-after and .poll: " + judgeAfter + ", " + poll
                    + " (expected: 0 or more, more than 0)");
        }
        if (following < 1) {
            throw new IllegalArgumentException("wonflow.dunning.following: " + following + " (expected: 1 or more)");
        }
    }
}
