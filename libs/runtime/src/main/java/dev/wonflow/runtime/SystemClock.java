package dev.wonflow.runtime;

import java.time.Clock;
import java.time.ZoneId;

/**
 * The clock of the machine. Only for what starts from real time and goes on from there; all else is given its clock.
 */
public final class SystemClock {

    /** Business days are Korean days (Toss settles and dates everything in Seoul). */
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private SystemClock() {}

    public static Clock inSeoul() {
        return Clock.system(SEOUL);
    }
}
