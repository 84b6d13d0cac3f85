package dev.wonflow.payment.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the ledger on, posting by posting. */
public interface LedgerLines {

    /**
     * One posting.
     *
     * @param reference of the transaction at Toss, or of the case that was corrected; {@code null} for a step of the
     *     payment
     */
    record Line(
            UUID entryId,
            Instant happenedAt,
            UUID paymentId,
            String orderId,
            String tenantId,
            boolean livemode,
            String kind,
            @Nullable String reference,
            String account,
            long debitWon,
            long creditWon) {}

    /** A place between two postings. */
    record Place(Instant happenedAt, UUID entryId, String account) {}

    /**
     * Reads on, the oldest first.
     *
     * @param after the last one read; none to begin
     */
    List<Line> between(Instant from, Instant to, @Nullable Place after, int limit);
}
