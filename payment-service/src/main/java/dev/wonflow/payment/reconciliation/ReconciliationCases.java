package dev.wonflow.payment.reconciliation;

import dev.wonflow.payment.OrderId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void note(Collection<OrderId> compared, List<ReconciliationCase> found, Instant now);

    /** Those that are open, the oldest first. */
    List<ReconciliationCase> open(int limit);
}
