package dev.wonflow.payment.charge;

/** A command for a charge that was asked for before, and for something else. */
public final class ChargeContradicts extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChargeContradicts(ChargeId id) {
        super("charge " + id + ": asks for something else than before (expected: a chargeId of its own)");
    }
}
