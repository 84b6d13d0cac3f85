package dev.wonflow.subscription.renewal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of renewals.
 *
 * @param enabled whether this instance renews; all may
 * @param batch most subscriptions claimed in one transaction; 1 to 1,000
 * @param first charges under way when a run begins; it doubles as answers come
 * @param most charges under way at most; {@code first} to 10,000
 * @param poll longest pause until what another instance left is found
 * @param breaker when a run halts
 */
@ConfigurationProperties("wonflow.renewal")
record RenewalProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("500") int batch,
        @DefaultValue("50") int first,
        @DefaultValue("2000") int most,
        @DefaultValue("2s") Duration poll,
        @DefaultValue BreakerProperties breaker) {

    private static final int MOST_BATCH = 1_000;
    private static final int MOST_UNDER_WAY = 10_000;

    RenewalProperties {
        if (batch < 1 || batch > MOST_BATCH) {
            throw new IllegalArgumentException(
                    "wonflow.renewal.batch: " + batch + " (expected: 1 to " + MOST_BATCH + ")");
        }
        if (first < 1 || most < first || most > MOST_UNDER_WAY) {
            throw new IllegalArgumentException("wonflow.renewal.first and .most: " + first + ", " + most
                    + " (expected: 1 or more, and the first to " + MOST_UNDER_WAY + ")");
        }
        if (!poll.isPositive()) {
            throw new IllegalArgumentException("wonflow.renewal.poll: " + poll + " (expected: more than 0)");
        }
    }

    /**
     * When a run halts.
     *
     * @param last results that are looked at, the newest
     * @param least fewest results that say anything
     * @param mostDeclined share of declines that customers alone may cause; 0 to 1
     * @param mostUnknown share of unknown outcomes that may happen by chance; 0 to 1
     */
    record BreakerProperties(
            @DefaultValue("200") int last,
            @DefaultValue("20") int least,
            @DefaultValue("0.3") double mostDeclined,
            @DefaultValue("0.1") double mostUnknown) {

        Breaker breaker() {
            return new Breaker(last, least, mostDeclined, mostUnknown);
        }
    }
}
