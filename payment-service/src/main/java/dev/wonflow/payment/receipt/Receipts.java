package dev.wonflow.payment.receipt;

import dev.wonflow.payment.PaymentId;
import java.time.LocalDate;
import java.util.List;

/** The stored cash receipts. Written in a transaction that holds their payment. */
public interface Receipts {

    /** Those of a payment, oldest first. */
    List<CashReceipt> of(PaymentId id);

    /**
     * Those we asked for on a day about which the tax office has not decided, of all payments.
     *
     * @param day in Seoul
     */
    List<CashReceipt> openOf(LocalDate day);

    /** Stores a new one, or a new state. */
    void save(CashReceipt receipt);
}
