package dev.wonflow.subscription.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a period is.
 *
 * @param count units that make a period; 1 to 1,000
 */
public record BillingInterval(IntervalUnit unit, int count) {

    public static final BillingInterval MONTHLY = new BillingInterval(IntervalUnit.MONTH, 1);
    public static final BillingInterval YEARLY = new BillingInterval(IntervalUnit.YEAR, 1);

    private static final int MOST = 1_000;

    private static final Pattern TEXT = Pattern.compile("P([1-9][0-9]{0,3})([DWMY])");

    public BillingInterval {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("interval: " + count + " (expected: 1 to " + MOST + ")");
        }
    }

    /**
     * Reads an ISO 8601 duration of one unit, such as {@code P1M} or {@code P2W}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static BillingInterval parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "interval: " + text + " (expected: a number of days, weeks, months or years, such as P1M)");
        }
        IntervalUnit unit = switch (parts.group(2)) {
            case "D" -> IntervalUnit.DAY;
            case "W" -> IntervalUnit.WEEK;
            case "M" -> IntervalUnit.MONTH;
            default -> IntervalUnit.YEAR;
        };
        return new BillingInterval(unit, Integer.parseInt(parts.group(1)));
    }

    /** The same as an ISO 8601 duration. */
    @Override
    public String toString() {
        return "P" + count + unit.name().charAt(0);
    }
}
