package dev.wonflow.benchmarks.renewals;

/**
 * How long a run is.
 *
 * @param name in the results file
 * @param due subscriptions that are due when a block begins
 * @param inFlight charges that payment-service makes at the same time
 * @param kills how often both services are killed in the second block
 */
public record RenewalsPlan(String name, int due, int inFlight, int kills) {

    /** How long each charge takes at Toss, at least. */
    static final int LATENCY_MILLIS = 300;

    /** How much longer the slow ones take, and how many they are. */
    static final int TAIL_MILLIS = 5_000;

    static final double TAIL_SHARE = 0.01;

    static final double DECLINED_SHARE = 0.02;
    static final double LOST_SHARE = 0.005;

    static final RenewalsPlan FULL = new RenewalsPlan("full", 100_000, 500, 4);

    static final RenewalsPlan QUICK = new RenewalsPlan("quick", 5_000, 500, 2);

    /** Charges a second if so many are always in flight and nothing else takes any time. */
    double ideal() {
        return inFlight / ((LATENCY_MILLIS + TAIL_SHARE * TAIL_MILLIS) / 1_000);
    }
}
