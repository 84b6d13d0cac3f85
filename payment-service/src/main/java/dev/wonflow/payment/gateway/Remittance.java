package dev.wonflow.payment.gateway;

import java.util.Locale;

/**
 * How far Toss has come with sending a deposit back to the buyer's account, which takes two business days after the
 * cancel and may fail. Toss calls it refundStatus, and tells nobody when it changes. Stored by name.
 */
public enum Remittance {
    /** Nothing has been sent, or is to be. */
    NONE,
    /** Under way. */
    PENDING,
    /** The bank did not take it. */
    FAILED,
    /** The bank did not take a part of it. */
    PARTIAL_FAILED,
    /** The buyer has it. */
    COMPLETED;

    /** Whether a person has to see to it. */
    public boolean hasFailed() {
        return this == FAILED || this == PARTIAL_FAILED;
    }

    /** The name used outside the service, such as {@code partial_failed}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
