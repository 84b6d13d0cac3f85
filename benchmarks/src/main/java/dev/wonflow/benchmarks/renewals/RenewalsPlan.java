package dev.wonflow.benchmarks.renewals;

import java.time.Duration;

/**
 * How long a run is.
 *
 * @param name in the results file
 * @param due subscriptions that are due when a block begins
 * @param inFlight charges that payment-service makes at the same time
 * @param fewDue subscriptions that are due in the block with few in flight
 * @param few so many, which two processors can carry: its rate says something on a small machine, too
 * @param kills how often both services are killed in the second block
 * @param lease after which charges of a payment-service that died are gone on with
 */
public record RenewalsPlan(String name, int due, int inFlight, int fewDue, int few, int kills, Duration lease) {

    /** How long each charge takes at Toss, at least. */
    static final int LATENCY_MILLIS = 300;

    /** How much longer the slow ones take, and how many they are. */
    static final int TAIL_MILLIS = 5_000;

    static final double TAIL_SHARE = 0.01;

    static final double DECLINED_SHARE = 0.02;
    static final double LOST_SHARE = 0.005;

    /** As the service has it. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    static final RenewalsPlan FULL = new RenewalsPlan("full", 100_000, 500, 10_000, 50, 4, LEASE);

    static final RenewalsPlan QUICK = new RenewalsPlan("quick", 5_000, 500, 5_000, 50, 2, LEASE);

    /** Charges a second if so many are always in flight and nothing else takes any time. */
    static double ideal(int inFlight) {
        return inFlight / ((LATENCY_MILLIS + TAIL_SHARE * TAIL_MILLIS) / 1_000);
    }
}
