package dev.wonflow.payment.receipt;

import dev.wonflow.payment.Text;

/** There is no such request about a cash receipt. */
public final class ReceiptRequestNotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int MAX_ID = 255;

    public ReceiptRequestNotFound(String id) {
        super("cash receipt request " + Text.cut(id, MAX_ID) + ": not here (expected: the id of one)");
    }
}
