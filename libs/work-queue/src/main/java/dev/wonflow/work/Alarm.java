package dev.wonflow.work;

import java.time.Duration;

/** Wakes the one who looks for due work. One thread sleeps; any thread may set it. */
public interface Alarm {

    /** From {@code delay} on there is something to look for. */
    void set(Duration delay);

    /**
     * Sleeps until what has been set since the last time, but no shorter than {@code shortest} and no longer than
     * {@code longest}.
     */
    void await(Duration shortest, Duration longest) throws InterruptedException;
}
