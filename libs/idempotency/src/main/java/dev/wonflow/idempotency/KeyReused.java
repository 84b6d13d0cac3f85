package dev.wonflow.idempotency;

/** A key came with another request before. */
public final class KeyReused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyReused() {
        super(
                "header Idempotency-Key: of another request, by body or address (expected: a new key, or the same"
                        + " request)",
                null,
                false,
                false);
    }
}
