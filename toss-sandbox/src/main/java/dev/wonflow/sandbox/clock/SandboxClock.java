package dev.wonflow.sandbox.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The time of the sandbox: that of the machine, plus what it was moved. Safe for use by many threads. */
public final class SandboxClock extends Clock {

    /** Toss dates everything in Seoul. */
    public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final Clock base;
    private final AtomicReference<Duration> ahead;

    public SandboxClock(Clock base) {
        this(base, Duration.ZERO);
    }

    SandboxClock(Clock base, Duration ahead) {
        this(base, new AtomicReference<>(ahead));
    }

    private SandboxClock(Clock base, AtomicReference<Duration> ahead) {
        this.base = base;
        this.ahead = ahead;
    }

    /** The day it is in Seoul at an instant. */
    public static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, SEOUL);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    /** A view of the same time in another zone; it moves when this one is moved. */
    @Override
    public Clock withZone(ZoneId zone) {
        return new SandboxClock(base.withZone(zone), ahead);
    }

    /** How far it is ahead of the machine. */
    public Duration ahead() {
        return ahead.get();
    }

    /** Sets the time, which may go back: only when all books go back with it. */
    void set(Instant instant) {
        ahead.set(Duration.between(base.instant(), instant));
    }

    /** Moves to the instant; one that has passed moves nothing, since by itself sandbox time never runs backwards. */
    void moveTo(Instant instant) {
        ahead.updateAndGet(current -> {
            Duration needed = Duration.between(base.instant(), instant);
            return needed.compareTo(current) > 0 ? needed : current;
        });
    }
}
