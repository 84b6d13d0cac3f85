package dev.wonflow.sandbox.payout;

import java.util.Set;

/** A seller or a payout was told to take a step its life does not have. */
public final class IllegalStep extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IllegalStep(String what, Enum<?> from, Enum<?> to, Set<? extends Enum<?>> expected) {
        super(what + ": " + from + " -> " + to + " (expected: one of " + expected + ")");
    }
}
