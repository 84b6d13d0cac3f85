package dev.wonflow.testsupport;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Thread-safe; clocks made by {@link #withZone} move along. */
public final class MutableClock extends Clock {

    /** Noon in Seoul on Monday 2026-01-05, where tests begin that do not care. */
    public static final Instant START = Instant.parse("2026-01-05T03:00:00Z");

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    public MutableClock() {
        this(START);
    }

    public MutableClock(Instant start) {
        this(new AtomicReference<>(start), SEOUL);
    }

    private MutableClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** Moves time by {@code step}, which may be negative: real clocks jump back too. */
    public void advance(Duration step) {
        now.updateAndGet(instant -> instant.plus(step));
    }

    public void set(Instant instant) {
        now.set(instant);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MutableClock(now, other);
    }
}
