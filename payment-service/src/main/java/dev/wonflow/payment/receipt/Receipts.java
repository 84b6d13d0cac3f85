package dev.wonflow.payment.receipt;

import dev.wonflow.payment.PaymentId;
import java.util.List;

/** The stored cash receipts. Written in a transaction that holds their payment. */
public interface Receipts {

    /** Those of a payment, oldest first. */
    List<CashReceipt> of(PaymentId id);

    /** Stores a new one, or a new state. */
    void save(CashReceipt receipt);
}
