package dev.wonflow.subscription.subscription;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The day of the month on which a subscription's months begin, in Seoul. A month that is too short for it ends a day or
 * more early, and the next long one has it back: 31 January, 28 February, 31 March.
 *
 * @param day 1 to 31
 */
public record BillingDay(int day) {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    public BillingDay {
        if (day < 1 || day > 31) {
            throw new IllegalArgumentException("day: " + day + " (expected: 1 to 31)");
        }
    }

    /** The day on which {@code moment} falls. */
    public static BillingDay of(Instant moment) {
        return new BillingDay(moment.atZone(SEOUL).getDayOfMonth());
    }

    /** The billing day of the calendar month after {@code moment}'s, at the same time of day. */
    public Instant nextAfter(Instant moment) {
        ZonedDateTime local = moment.atZone(SEOUL);
        YearMonth next = YearMonth.from(local).plusMonths(1);
        return next.atDay(Math.min(day, next.lengthOfMonth()))
                .atTime(local.toLocalTime())
                .atZone(SEOUL)
                .toInstant();
    }
}
