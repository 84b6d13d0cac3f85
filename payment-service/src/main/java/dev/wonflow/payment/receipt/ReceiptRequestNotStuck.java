package dev.wonflow.payment.receipt;

/** A request about a cash receipt that nobody has to end. */
public final class ReceiptRequestNotStuck extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReceiptRequestNotStuck(ReceiptRequest request, String why) {
        super("cash receipt request " + request.id() + " is " + request.status().text() + ": " + why);
    }
}
