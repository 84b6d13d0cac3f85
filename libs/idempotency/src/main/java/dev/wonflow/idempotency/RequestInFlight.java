package dev.wonflow.idempotency;

/** The same request is at work elsewhere. */
public final class RequestInFlight extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RequestInFlight() {
        super(
                "header Idempotency-Key: of a request still at work (expected: the same request again, shortly)",
                null,
                false,
                false);
    }
}
