package dev.wonflow.payment.refund;

import java.time.Instant;
import java.util.Optional;

/**
 * Which refunds a second person has to agree to, and whose word it was. Written in the transaction of the refund, whose
 * status says what was decided.
 */
public interface Approvals {

    void ask(RefundId id, String requestedBy);

    /** Subject of who asked for the refund; empty if it needs no approval. */
    Optional<String> requestedBy(RefundId id);

    void decide(RefundId id, boolean approved, String decidedBy, Instant now);
}
