package dev.wonflow.subscription.subscription;

import dev.wonflow.subscription.plan.BillingInterval;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * When the periods of a subscription begin. Each is counted from the anchor, never from the one before, so that a day
 * that a month does not have comes back in one that has it: 31 January, 28 February, 31 March; and 29 February a year
 * later is 28 February, and 29 again in a leap year.
 *
 * <p>Periods keep the local time of day. One that the zone's clocks skip is later by what they skip, and one that they
 * show twice is the first of the two where the anchor does not say otherwise ({@link ZonedDateTime}); the next period
 * is at the usual time again.
 *
 * @param anchor when period 0 begins
 * @param zone where days begin and end
 */
public record BillingSchedule(Instant anchor, ZoneId zone, BillingInterval interval) {

    /** When period {@code index} begins, which is when the one before it ends. */
    public Instant start(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("index: " + index + " (expected: 0 or more)");
        }
        long units = Math.multiplyExact(index, (long) interval.count());
        ZonedDateTime first = anchor.atZone(zone);
        return (switch (interval.unit()) {
                    case DAY -> first.plusDays(units);
                    case WEEK -> first.plusWeeks(units);
                    case MONTH -> first.plusMonths(units);
                    case YEAR -> first.plusYears(units);
                })
                .toInstant();
    }

    /** The first start of a period after {@code moment}; the anchor itself, if that is later. */
    public Instant after(Instant moment) {
        if (moment.isBefore(anchor)) {
            return anchor;
        }
        long units = unit().between(anchor.atZone(zone), moment.atZone(zone));
        // Cut off at a month end or moved by the zone, a start may lie on either side of the whole units.
        long index = Math.max(0, units / interval.count() - 1);
        Instant start = start(index);
        while (!start.isAfter(moment)) {
            index++;
            start = start(index);
        }
        return start;
    }

    /** Whether a period begins at {@code moment}. */
    public boolean isStart(Instant moment) {
        return after(moment.minusNanos(1)).equals(moment);
    }

    private ChronoUnit unit() {
        return switch (interval.unit()) {
            case DAY -> ChronoUnit.DAYS;
            case WEEK -> ChronoUnit.WEEKS;
            case MONTH -> ChronoUnit.MONTHS;
            case YEAR -> ChronoUnit.YEARS;
        };
    }
}
