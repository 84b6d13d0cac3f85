package dev.wonflow.payment.refund;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which refunds a second person has to agree to, and what became of that. Written in the transaction of the refund. */
public interface Approvals {

    /**
     * What became of it.
     *
     * @param requestedBy subject of who asked for the refund
     * @param approved {@code null} while nobody has decided
     */
    record Approval(String requestedBy, @Nullable Boolean approved) {}

    void ask(RefundId id, String requestedBy);

    /** Empty if the refund needs none. */
    Optional<Approval> find(RefundId id);

    void decide(RefundId id, boolean approved, String decidedBy, Instant now);
}
