package dev.wonflow.payment.reconciliation;

import dev.wonflow.payment.gateway.books.SettlementLine;
import dev.wonflow.payment.ledger.LedgerEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The days that are closed. They only grow. */
public interface ReconciliationDays {

    /** A line of a settlement, and the payment it is about as it is now. */
    record Due(LedgerEntry.Source source, SettlementLine line) {}

    /**
     * Waits until no other instance is in the middle of a step, and keeps others waiting until the caller's transaction
     * ends: two may come to one closing, when a turn takes longer than it may.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void takeStep();

    /** Hash of the last day that was closed, or {@link DayReport#NONE}. */
    String lastHash();

    DayReport.Figures figures(LocalDate day);

    /** The day whose closing has begun and not ended. */
    Optional<LocalDate> closing();

    /**
     * Has a day close, whoever comes to it, unless it is closed; in the caller's transaction, which is that of the
     * judgement and has taken its step.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void beginClosing(LocalDate day);

    /** In the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    void close(DayReport report);

    /**
     * What was sold on a day and is not in the ledger as settled, some of it. Holds the payments, so that their money
     * stays. Of a payment whose money moved before anybody compared nothing is settled in the ledger.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Due> unsettled(LocalDate day, int limit);

    /**
     * What is in the ledger as settled, was to be paid out by a day and is not in the ledger as paid out; some of it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Due> unpaid(LocalDate day, int limit);

    /**
     * Reads on, the last day first.
     *
     * @param before the last one seen; none to begin
     */
    List<DayReport> newestFirst(@Nullable Place before, int limit);

    /** A place among the days. */
    record Place(Instant closedAt, UUID id) {}
}
