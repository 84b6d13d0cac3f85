package dev.wonflow.payment.payment;

import java.time.Instant;

/** Has money go back that nobody is to keep; in the transaction that holds its payment. */
@FunctionalInterface
public interface GiveBack {

    /**
     * Has all of it go back, once however often it is asked for.
     *
     * @return whether it does; a deposit cannot without an account
     */
    boolean all(Payment payment, Instant now);
}
