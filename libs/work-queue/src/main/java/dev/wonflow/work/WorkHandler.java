package dev.wonflow.work;

import java.util.List;

/** Does the work of one kind in two parts: the slow one alone, and its effect together with others. */
public interface WorkHandler<R> {

    /**
     * Does one item, as part of the trace in which it was planned. No transaction is open: it may call others and take
     * long, for its lease is extended meanwhile. It may be done again, after a crash or when a lease was lost.
     *
     * @throws RuntimeException if it was not done, as is what ends in an {@link Error}; it is tried again after a
     *     growing pause, without end
     * @throws InterruptedException if it was cut short; it is given back
     */
    R work(Claim item) throws InterruptedException;

    /**
     * An item and what came of it.
     *
     * @param result what {@link #work} answered
     */
    record Done<R>(Claim item, R result) {}

    /**
     * Makes the results of several items so, in the transaction that ends the items. If it fails for several, each is
     * tried alone, so that a bad one stops no other. They may be of several traces; {@link WorkTable#resume} goes on
     * with that of one.
     */
    void settle(List<Done<R>> done);
}
