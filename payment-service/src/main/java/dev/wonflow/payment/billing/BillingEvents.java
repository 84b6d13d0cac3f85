package dev.wonflow.payment.billing;

import java.time.Instant;

/** Tells the world about billing methods. */
public interface BillingEvents {

    /** Tells, in the caller's transaction, that a method can be charged. */
    void registered(BillingMethod method);

    /** Tells, in the caller's transaction, that a method is charged no more. */
    void removed(BillingMethod method, RemovedBy by, Instant at);

    /** Who ended a method. Published by name, so a renamed constant is another contract. */
    enum RemovedBy {
        /** Its tenant. */
        TENANT,
        /** Toss, of its own accord or for the cardholder. */
        TOSS
    }
}
