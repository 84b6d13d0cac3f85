package dev.wonflow.payment.refund.web;

/** A request for a refund that says something impossible, or too little. */
final class RefundUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefundUnreadable(String message) {
        super(message);
    }
}
