package dev.wonflow.benchmarks.payments;

/**
 * How long a run is.
 *
 * @param name in the results file
 * @param checkouts of one burst; each is confirmed afterwards
 * @param clients that confirm at once
 * @param slow confirms while Toss takes {@link #SLOW_MILLIS}
 * @param sequential checkouts of which each waits for the one before
 * @param warmUp checkouts and confirms before the first block that counts; the first thousand cost more than twice as
 *     much as the fifth, for as long as services and broker compile
 * @param rounds blocks of each kind that count, for each set of flags
 */
public record PaymentsPlan(String name, int checkouts, int clients, int slow, int sequential, int warmUp, int rounds) {

    /** How long a confirm takes at Toss in a slow block. */
    static final long SLOW_MILLIS = 300;

    static final PaymentsPlan FULL = new PaymentsPlan("full", 2_000, 32, 2_000, 200, 6_000, 3);

    static final PaymentsPlan QUICK = new PaymentsPlan("quick", 1_500, 32, 600, 60, 5_000, 1);
}
