package dev.wonflow.benchmarks.work;

import java.time.Duration;
import java.util.List;

/**
 * How long a run is.
 *
 * @param name in the results file
 * @param items in each block
 * @param warmUp items each contender does before the first block that counts
 * @param rounds blocks of each kind that count, for each contender
 * @param calls how long one item takes, waiting for someone else
 */
public record WorkPlan(String name, int items, int warmUp, int rounds, List<Duration> calls) {

    static final WorkPlan FULL = new WorkPlan("full", 20_000, 5_000, 5, List.of(Duration.ZERO, Duration.ofMillis(20)));

    static final WorkPlan QUICK = new WorkPlan("quick", 3_000, 1_000, 1, List.of(Duration.ZERO, Duration.ofMillis(20)));
}
