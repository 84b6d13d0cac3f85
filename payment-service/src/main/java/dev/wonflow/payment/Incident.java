package dev.wonflow.payment;

import java.time.Instant;

/**
 * Something that must not happen and that no retry repairs.
 *
 * @param detail what was found and what was expected; at most 500 characters are kept
 */
public record Incident(PaymentId paymentId, Kind kind, String detail, Instant at) {

    /** What went wrong. */
    public enum Kind {
        /** The browser asked to confirm another amount than the order's; Toss was not called. */
        AMOUNT_TAMPERED,
        /** Toss's answer does not belong to the payment. */
        ANSWER_CONTRADICTS,
        /** Toss holds money under another paymentKey than the one that counts: perhaps two charges for one order. */
        SECOND_CHARGE,
        /** Toss holds money for a payment that had ended without any. */
        CHARGED_AFTER_END,
        /** Toss's state cannot follow the one we know. */
        IMPOSSIBLE_STATE,
        /** Toss refused us, not the buyer: key, contract or request. */
        OUR_FAULT
    }
}
