package dev.wonflow.subscription.dunning;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * A part of every day in which nobody is charged. Over midnight if it ends before it begins.
 *
 * @param from first moment of it, by the clocks of a zone
 * @param to first moment after it; another one than {@code from}
 */
public record DailyWindow(LocalTime from, LocalTime to) {

    public DailyWindow {
        if (from.equals(to)) {
            throw new IllegalArgumentException("window: " + from + " to " + to + " (expected: two different times)");
        }
    }

    /**
     * Reads one such as {@code 23:30-00:30}.
     *
     * @param name of what is read, for the error
     * @throws IllegalArgumentException if it is none; the message begins with the name
     */
    public static DailyWindow parse(String name, @Nullable String text) {
        int dash = text == null ? -1 : text.indexOf('-');
        if (text != null && dash > 0) {
            try {
                return new DailyWindow(
                        LocalTime.parse(text.substring(0, dash)), LocalTime.parse(text.substring(dash + 1)));
            } catch (DateTimeParseException | IllegalArgumentException _) {
                // Told below, with the name.
            }
        }
        throw new IllegalArgumentException(
                name + ": " + text + " (expected: two different times, such as 23:30-00:30)");
    }

    Duration length() {
        Duration length = Duration.between(from, to);
        return length.isNegative() ? length.plusDays(1) : length;
    }

    /** The first moment from {@code at} on that is not in it. */
    Instant leave(Instant at, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        LocalTime time = local.toLocalTime();
        if (!contains(time)) {
            return at;
        }
        boolean endsTomorrow = !from.isBefore(to) && !time.isBefore(from);
        return end(endsTomorrow ? local.toLocalDate().plusDays(1) : local.toLocalDate(), at, zone);
    }

    private Instant end(LocalDate day, Instant at, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(day.atTime(to));
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        ZonedDateTime end = day.atTime(to).atZone(zone);
        // Where clocks are set back, it comes twice, and the first may be over.
        Instant first = end.withEarlierOffsetAtOverlap().toInstant();
        return first.isAfter(at) ? first : end.withLaterOffsetAtOverlap().toInstant();
    }

    private boolean contains(LocalTime time) {
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return from + "-" + to;
    }
}
