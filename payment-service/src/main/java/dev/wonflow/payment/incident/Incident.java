package dev.wonflow.payment.incident;

import dev.wonflow.payment.PaymentId;
import java.time.Instant;

/**
 * Something that must not happen and that no retry repairs.
 *
 * @param detail what was found and what was expected; at most 500 characters are kept
 */
public record Incident(PaymentId paymentId, Kind kind, String detail, Instant at) {

    public static Incident paidForClosedOrder(PaymentId id, Instant at) {
        return new Incident(id, Kind.PAID_FOR_CLOSED_ORDER, "money taken for a closed order; refund it", at);
    }

    /** What went wrong. */
    public enum Kind {
        /** The browser asked to confirm another amount than the order's; Toss was not called. */
        AMOUNT_TAMPERED,
        /** Toss's answer does not belong to the payment. */
        ANSWER_CONTRADICTS,
        /** Toss holds money under another paymentKey than the one that counts: it goes back by itself. */
        SECOND_CHARGE,
        /** Toss holds money for a payment that had ended without any. */
        CHARGED_AFTER_END,
        /** Toss holds money for an order that was called off: it has to be refunded. */
        PAID_FOR_CLOSED_ORDER,
        /** The payment window was opened for something else than the order. No money was taken for it. */
        WINDOW_DIFFERS,
        /** Someone confirmed with a paymentKey that Toss does not know. */
        KEY_UNKNOWN,
        /** Toss refuses to close a virtual account that must take no deposit any more. */
        ACCOUNT_NOT_CLOSED,
        /** Toss neither gives money back nor says for certain that it will not. */
        REFUND_NOT_KNOWN,
        /** Money that does not count for its order does not go back by itself: a deposit, or Toss refuses. */
        STRAY_NOT_REFUNDED,
        /** The bank of a buyer did not take what Toss sent back of a deposit, or it is not known after a month. */
        REMITTANCE_NOT_MADE,
        /** The tax office refused a cash receipt, or to take one back. */
        CASH_RECEIPT_FAILED,
        /** Nobody says what became of a cash receipt, or of taking one back. */
        CASH_RECEIPT_NOT_KNOWN,
        /** Toss's state cannot follow the one we know. */
        IMPOSSIBLE_STATE,
        /** Toss refused us, not the buyer: key, contract or request. */
        OUR_FAULT
    }
}
