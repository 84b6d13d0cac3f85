package dev.wonflow.payment.billing.web;

/** A request about a billing method that says something impossible, or too little. */
final class BillingUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BillingUnreadable(String message) {
        super(message);
    }
}
