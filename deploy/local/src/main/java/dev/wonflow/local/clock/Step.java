package dev.wonflow.local.clock;

import dev.wonflow.local.NotUnderstood;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how far, or to what moment, a clock is to be moved. */
public final class Step {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    /** Largest unit first, each at most once, at least one. */
    private static final Pattern SHORT = Pattern.compile(
            "(?=.)(?:(\\d{1,6})w)?(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,7})m)?(?:(\\d{1,9})s)?",
            Pattern.CASE_INSENSITIVE);

    private static final String AMOUNTS =
            " (expected: 90s, 11m, 36h, 3d, 2w, 1d12h or a duration of ISO 8601 such as PT11M)";
    private static final String MOMENTS =
            " (expected: 2026-12-31, 2026-12-31T23:59 in Seoul, or 2026-12-31T14:59:00Z with an offset)";

    private Step() {}

    /**
     * Reads an amount of time, such as {@code 3d}, {@code 1d12h} or {@code PT11M}.
     *
     * @throws NotUnderstood if it is none, or not positive
     */
    public static Duration amount(String text) {
        String stripped = text.strip();
        // A person who writes -3d means three days back, which our own notation has no word for.
        Duration amount =
                stripped.startsWith("-") ? read(stripped.substring(1)).abs().negated() : read(stripped);
        if (amount.isNegative()) {
            throw new NotUnderstood(
                    text + " would move the clock back, and it only goes forward" + AMOUNTS + "."
                            + "\nTo come back later to how things are now: ./wonflow clock snapshot, then ./wonflow clock reset.");
        }
        if (amount.isZero()) {
            throw new NotUnderstood(text + " does not move the clock" + AMOUNTS + ".");
        }
        return amount;
    }

    private static Duration read(String text) {
        Matcher units = SHORT.matcher(text);
        if (units.matches()) {
            return Duration.ofDays(number(units.group(1)) * 7 + number(units.group(2)))
                    .plusHours(number(units.group(3)))
                    .plusMinutes(number(units.group(4)))
                    .plusSeconds(number(units.group(5)));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new NotUnderstood(text + " is no amount of time" + AMOUNTS + ".", e);
        }
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /**
     * Reads a moment; without an offset it is one in Seoul, and a date alone is its midnight there.
     *
     * @throws NotUnderstood if it is none
     */
    public static Instant moment(String text) {
        String moment = text.strip().toUpperCase(Locale.ROOT).replace(' ', 'T');
        try {
            if (!moment.contains("T")) {
                return LocalDate.parse(moment).atStartOfDay(SEOUL).toInstant();
            }
            return moment.matches(".*(Z|[+-]\\d{2}:\\d{2})")
                    ? OffsetDateTime.parse(moment).toInstant()
                    : LocalDateTime.parse(moment).atZone(SEOUL).toInstant();
        } catch (DateTimeException e) {
            throw new NotUnderstood(text + " is no moment" + MOMENTS + ".", e);
        }
    }
}
