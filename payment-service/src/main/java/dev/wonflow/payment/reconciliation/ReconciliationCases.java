package dev.wonflow.payment.reconciliation;

import dev.wonflow.payment.OrderId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The cases that were opened. */
public interface ReconciliationCases {

    /**
     * Writes down what a comparison has found: a case is opened, or renewed if it is open, and one whose books agree
     * again is closed. In the caller's transaction.
     *
     * @param compared the orders of all payments that were compared
     * @param found the cases among them
     * @return those of the cases that nobody has explained
     */
    @Transactional(propagation = Propagation.MANDATORY)
    List<ReconciliationCase> note(Collection<OrderId> compared, List<ReconciliationCase> found, Instant now);

    /**
     * Reads on, the one opened last first.
     *
     * @param before the last one seen; none to begin
     */
    List<Kept> newestFirst(@Nullable Place before, int limit);

    Optional<Kept> find(UUID id);

    /** The same, held until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Kept> findAndHold(UUID id);

    /** The open case of an order, held likewise; empty also if somebody else holds it. */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Kept> findAndHoldOpen(OrderId orderId);

    /**
     * Says why the difference may stand, until something else is found.
     *
     * @return whether the case is open
     */
    boolean explain(UUID id, String explanation, String by);

    /** Notes by how much the ledger was corrected for it; in the caller's transaction, which is that of the entry. */
    @Transactional(propagation = Propagation.MANDATORY)
    void correct(UUID id, long won);

    /** A place among the cases. */
    record Place(Instant openedAt, UUID id) {}

    /**
     * A case as it is kept.
     *
     * @param seenAt when it was last found
     * @param closedAt when the books agreed again; {@code null} while it is open
     * @param explanation why it may stand; {@code null} if nobody has said
     * @param correctionWon by how much more or less Toss owes us in the ledger because of it; {@code null} if that was
     *     left as it is
     */
    record Kept(
            UUID id,
            ReconciliationCase found,
            Instant openedAt,
            Instant seenAt,
            @Nullable Instant closedAt,
            @Nullable String explanation,
            @Nullable String explainedBy,
            @Nullable Long correctionWon) {}
}
