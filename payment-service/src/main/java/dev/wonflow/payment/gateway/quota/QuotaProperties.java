package dev.wonflow.payment.gateway.quota;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how often Toss is called by all instances together. What is in neither share is for confirms, which are
 * counted but never held back.
 *
 * @param perMinute calls of any kind that Toss allows in a minute; without it, 100 with a test key, as Toss documents,
 *     and 600 with a live one, for which Toss names no number
 * @param requiredPercent share of questions about payments whose outcome we have to know
 * @param hintedPercent share of questions that only webhooks ask for
 * @param restAfterRefusal how long nothing is asked after Toss has said that there were too many calls
 * @see <a href="https://docs.tosspayments.com/reference/using-api/req-res">Toss on its limits</a>
 */
@ConfigurationProperties("wonflow.quota")
public record QuotaProperties(
        @Nullable Integer perMinute,
        @DefaultValue("30") int requiredPercent,
        @DefaultValue("20") int hintedPercent,
        @DefaultValue("10s") Duration restAfterRefusal) {

    private static final int TEST_KEY = 100;
    private static final int LIVE_KEY = 600;

    /** Below it a share would be less than one call in ten seconds. */
    private static final int LEAST_PER_MINUTE = 30;

    public QuotaProperties {
        if (perMinute != null && perMinute < LEAST_PER_MINUTE) {
            throw new IllegalArgumentException(
                    "wonflow.quota.per-minute: " + perMinute + " (expected: " + LEAST_PER_MINUTE + " or more)");
        }
        requirePercent("required-percent", requiredPercent);
        requirePercent("hinted-percent", hintedPercent);
        if (requiredPercent + hintedPercent > 60) {
            throw new IllegalArgumentException("wonflow.quota.required-percent and .hinted-percent: "
                    + (requiredPercent + hintedPercent) + " together (expected: 60 or less, the rest is for confirms)");
        }
        if (restAfterRefusal.isNegative() || restAfterRefusal.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "wonflow.quota.rest-after-refusal: " + restAfterRefusal + " (expected: 0 to 1 minute)");
        }
    }

    private static void requirePercent(String name, int value) {
        if (value < 10) {
            throw new IllegalArgumentException("wonflow.quota." + name + ": " + value + " (expected: 10 or more)");
        }
    }

    int perMinute(boolean livemode) {
        return perMinute != null ? perMinute : livemode ? LIVE_KEY : TEST_KEY;
    }
}
