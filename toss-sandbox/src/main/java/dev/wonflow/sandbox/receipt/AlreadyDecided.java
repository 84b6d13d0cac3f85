package dev.wonflow.sandbox.receipt;

import java.time.Instant;

/** The tax office decides about a receipt once. */
public final class AlreadyDecided extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AlreadyDecided(CashReceipt receipt, Instant now) {
        super("cash receipt " + receipt.receiptKey() + ": " + receipt.status(now) + " (expected: IN_PROGRESS)");
    }
}
