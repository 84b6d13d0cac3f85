package dev.wonflow.payment.ledger;

import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The book of all entries. It only grows. */
public interface Ledger {

    /**
     * Writes an entry down in the caller's transaction, which is that of the change it tells of.
     *
     * @throws org.springframework.dao.DuplicateKeyException if that state of the payment has an entry of the kind
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void post(LedgerEntry entry);
}
