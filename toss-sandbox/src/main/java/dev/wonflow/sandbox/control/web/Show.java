package dev.wonflow.sandbox.control.web;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.currency.Currency;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How the page writes numbers and times. */
final class Show {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private Show() {}

    static String time(Instant instant) {
        return DAY.format(instant);
    }

    /** Without the year, for what is listed close together. */
    static String shortTime(Instant instant) {
        return SHORT.format(instant);
    }

    /** Such as {@code 3d 2h 0m 5s}, which needs no translation; to the nearest second. */
    static String amount(Duration exact) {
        Duration amount = exact.plus(HALF_A_SECOND);
        return String.format(
                Locale.ROOT,
                "%dd %dh %dm %ds",
                amount.toDays(),
                amount.toHoursPart(),
                amount.toMinutesPart(),
                amount.toSecondsPart());
    }

    /** In won without saying so, which is what nearly everything is in. */
    static String money(Currency in, long amount) {
        return in == Currency.KRW ? in.shown(amount) : in.name() + " " + in.shown(amount);
    }
}
