package dev.wonflow.sandbox.receipt;

import dev.wonflow.sandbox.error.WrongState;

/** The tax office decides about a receipt once. */
public final class AlreadyDecided extends WrongState {

    private static final long serialVersionUID = 1L;

    AlreadyDecided(String receiptKey, CashReceipt.Status status) {
        super("cash receipt " + receiptKey + ": " + status + " (expected: IN_PROGRESS)");
    }
}
