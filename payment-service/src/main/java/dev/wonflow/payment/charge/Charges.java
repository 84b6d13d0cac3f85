package dev.wonflow.payment.charge;

import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    /** Has it worked on at {@code due}, by the service's time. */
    void plan(ChargeId id, Instant due);

    /** Has everything of a tenant that waits worked on earlier by as much. */
    void hurry(TenantId tenant, Duration by);

    /** When charges of the tenant are worked on, by the service's time, the first of them first. */
    List<Instant> dues(TenantId tenant);
}
