package dev.wonflow.idempotency;

/** What a request has for a key is none. */
final class KeyUnusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyUnusable(String found) {
        super(
                "header Idempotency-Key: " + found + " (expected: one of 1 to 255 visible ASCII characters)",
                null,
                false,
                false);
    }
}
