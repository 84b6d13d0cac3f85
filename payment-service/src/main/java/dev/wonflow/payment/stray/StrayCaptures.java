package dev.wonflow.payment.stray;

import dev.wonflow.payment.PaymentKey;
import java.time.Instant;
import java.util.Optional;

/** The stored stray captures. Written in a transaction that holds their payment. */
public interface StrayCaptures {

    /**
     * Stores a new one, unless its paymentKey has one.
     *
     * @return whether it had none
     */
    boolean add(StrayCapture found);

    /** Stores a new state. */
    void save(StrayCapture stray);

    Optional<StrayCapture> find(StrayCaptureId id);

    Optional<StrayCapture> find(PaymentKey key);

    /** Has it gone on with at {@code due}. */
    void plan(StrayCaptureId id, Instant due);
}
