package dev.wonflow.payment.charge;

import java.time.Instant;
import java.util.Optional;

/** The stored charges. */
public interface Charges {

    /**
     * Stores a new one.
     *
     * @return whether it was not there yet
     */
    boolean add(Charge charge);

    /** Stores a new state; in a transaction that holds the charge. */
    void save(Charge charge);

    Optional<Charge> find(ChargeId id);

    /** Holds the charge until the transaction ends. */
    Optional<Charge> findAndHold(ChargeId id);

    /** Has it worked on at {@code due}. */
    void plan(ChargeId id, Instant due);
}
