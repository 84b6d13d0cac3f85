package dev.wonflow.payment.payment.web;

/** A request that says something impossible, or too little. */
final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
        super(message);
    }
}
