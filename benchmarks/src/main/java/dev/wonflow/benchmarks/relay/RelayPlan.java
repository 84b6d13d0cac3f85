package dev.wonflow.benchmarks.relay;

import java.time.Duration;
import java.util.List;

/**
 * How long a run is. The rules are the same for every plan; only a full one gives figures worth quoting.
 *
 * @param name in the results file
 * @param rates events per second, each for one block
 * @param block how long one rate is held
 * @param warmUps rounds before the first that counts
 * @param rounds rounds that count, each with every contender once
 * @param extraRounds rounds that may follow for blocks that were thrown away
 * @param drains backlogs drained by every contender
 * @param drainEvents events of one backlog
 * @param rests times that every contender is left alone
 * @param rest how long each of those is
 * @param limit no extra round starts after this
 */
public record RelayPlan(
        String name,
        List<Integer> rates,
        Duration block,
        int warmUps,
        int rounds,
        int extraRounds,
        int drains,
        int drainEvents,
        int rests,
        Duration rest,
        Duration limit) {

    static final RelayPlan FULL = new RelayPlan(
            "full",
            List.of(200, 1000, 3000),
            Duration.ofSeconds(8),
            1,
            7,
            3,
            3,
            300_000,
            3,
            Duration.ofSeconds(20),
            Duration.ofMinutes(16));

    static final RelayPlan QUICK = new RelayPlan(
            "quick",
            List.of(200, 1000, 3000),
            Duration.ofSeconds(4),
            1,
            2,
            0,
            1,
            60_000,
            1,
            Duration.ofSeconds(15),
            Duration.ofMinutes(3));

    int events(int rate) {
        return Math.toIntExact(rate * block.toMillis() / 1000);
    }
}
