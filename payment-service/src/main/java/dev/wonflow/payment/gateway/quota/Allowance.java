package dev.wonflow.payment.gateway.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is left of each share at a moment. A share comes in steadily, and what is not used is saved up to a third of a
 * minute's worth; two thirds come in within a minute. So no minute, wherever it begins, sees more than the share.
 *
 * @param filledAt the moment
 * @param calls negative after more confirms than Toss allows in a minute
 * @param required negative while questions rest
 * @param hinted negative while questions rest
 */
public record Allowance(Instant filledAt, double calls, double required, double hinted) {

    private static final double SAVED_UP = 1 / 3d;
    private static final double COMING_IN = 1 - SAVED_UP;
    private static final double SECONDS = 60;

    /**
     * So much of its share a hint costs while confirms take all that Toss allows: it gives way, and does not starve.
     */
    private static final double DEAR = 4;

    /** What was granted, if anything, and what is left. */
    public record Taken(Allowance left, Optional<Use> use) {}

    Allowance refilled(Shares shares, Instant now) {
        double passed = Math.max(0, Duration.between(filledAt, now).toMillis() / 1_000d);
        return new Allowance(
                now,
                refilled(calls, shares.calls(), passed),
                refilled(required, shares.required(), passed),
                refilled(hinted, shares.hinted(), passed));
    }

    private static double refilled(double left, double share, double seconds) {
        return Math.min(share * SAVED_UP, left + comingIn(share, seconds));
    }

    private static double comingIn(double share, double seconds) {
        return share * COMING_IN * seconds / SECONDS;
    }

    /** After calls that nobody was asked about. Of those beyond the limit only the last minute's count. */
    Allowance called(int times, Shares shares) {
        return new Allowance(filledAt, Math.max(calls - times, -comingIn(shares.calls(), SECONDS)), required, hinted);
    }

    /** After Toss has said that there were too many: nothing is asked for {@code rest}, whatever was saved up. */
    Allowance resting(Duration rest, Shares shares) {
        return new Allowance(
                filledAt,
                calls,
                Math.min(required, -comingIn(shares.required(), (double) rest.toSeconds())),
                Math.min(hinted, -comingIn(shares.hinted(), (double) rest.toSeconds())));
    }

    /** Grants one question: a required one if it is wanted and there is one left, else a hinted one. */
    Taken taking(Set<Use> wanted, Shares shares) {
        if (wanted.contains(Use.REQUIRED) && required >= 1) {
            Allowance left = new Allowance(filledAt, calls, required - 1, hinted).called(1, shares);
            return new Taken(left, Optional.of(Use.REQUIRED));
        }
        double price = calls >= 1 ? 1 : Math.min(DEAR, shares.hinted() * SAVED_UP);
        if (wanted.contains(Use.HINTED) && hinted >= price) {
            Allowance left = new Allowance(filledAt, calls, required, hinted - price).called(1, shares);
            return new Taken(left, Optional.of(Use.HINTED));
        }
        return new Taken(this, Optional.empty());
    }

    /** After questions that were granted and not asked. */
    Allowance returned(int requiredBack, int hintedBack) {
        return new Allowance(filledAt, calls + requiredBack + hintedBack, required + requiredBack, hinted + hintedBack);
    }
}
