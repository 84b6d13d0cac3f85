package dev.wonflow.payment.reconciliation;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.gateway.books.ListedTransaction;
import dev.wonflow.payment.gateway.books.SettlementLine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What Toss's books said when they were last read, beside our ledger. Days are Seoul's. */
public interface KeptBooks {

    /**
     * Takes the turn to compare, if it is time for one; of all instances one takes it.
     *
     * @return the first day that is open, and not being closed: on the first turn of all that is today, for what was
     *     before nobody compares
     */
    Optional<LocalDate> takeTurn(Instant now, Duration every);

    /** Gives the turn back that was taken at that moment and came to nothing, unless another was taken since. */
    void returnTurn(Instant takenAt);

    /** Puts what was read in the place of what is kept of that period. */
    void replace(
            LocalDate from,
            LocalDate to,
            Collection<ListedTransaction> transactions,
            Collection<SettlementLine> settlements);

    /**
     * Orders that any of the books has something about in a period, and those with an open case. An order whose money
     * moved before anybody compared is none of them.
     */
    List<OrderId> orders(LocalDate from, LocalDate to);

    /** All that is known of some orders. */
    Comparison.Books of(Collection<OrderId> orders);

    /** Those among some orders whose last movement is younger than that moment. */
    List<OrderId> movedAfter(Instant moment, Collection<OrderId> orders);

    /**
     * Whether nothing speaks against closing a day: no order that has something on it has an open case that nobody has
     * explained, or moved after that moment and so was not compared.
     */
    boolean isClosable(LocalDate day, Instant moment);
}
