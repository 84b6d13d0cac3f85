package dev.wonflow.benchmarks.sandbox;

import java.time.Duration;

/**
 * How long a run is. The rules are the same for every plan; only a full one gives figures worth quoting.
 *
 * @param name in the results file
 * @param starts starts that count, after one that warms files and class archive up
 * @param books payments in the books when they are full
 * @param rate confirms per second
 * @param warmUp how long the rate is held before the first measurement
 * @param block how long one measurement takes
 * @param rounds measurements with few and with many payments in the books, and while they are saved, each
 */
public record SandboxPlan(String name, int starts, int books, int rate, Duration warmUp, Duration block, int rounds) {

    static final SandboxPlan FULL =
            new SandboxPlan("full", 7, 100_000, 200, Duration.ofSeconds(20), Duration.ofSeconds(10), 7);

    static final SandboxPlan QUICK =
            new SandboxPlan("quick", 2, 100_000, 200, Duration.ofSeconds(5), Duration.ofSeconds(5), 2);

    int confirms(Duration time) {
        return Math.toIntExact(rate * time.toMillis() / 1000);
    }

    /** Payments that exist at the end, books included. */
    int payments() {
        return books + 3 * rounds * confirms(block) + 3 * confirms(warmUp);
    }
}
