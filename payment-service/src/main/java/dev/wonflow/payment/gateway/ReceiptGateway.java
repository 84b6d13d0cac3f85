package dev.wonflow.payment.gateway;

import java.time.LocalDate;

/** Toss's cash receipts that do not come with a payment. Calls must not be made in a transaction. */
public interface ReceiptGateway {

    /** Asks Toss to issue a receipt, or to take one back. Repeating it under the same key does nothing more. */
    ReceiptOutcome call(ReceiptCall call);

    /**
     * All receipts and cancels that were asked for on a day.
     *
     * @param day in Seoul
     */
    ReceiptListing list(LocalDate day);
}
