package dev.wonflow.payment.payment;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a payment is in its life. Stored by name, so a renamed constant needs a migration. */
public enum PaymentStatus {
    /** Known to us; Toss has not been asked to take the money. */
    REQUESTED,
    /** The confirm call is under way, or was when its process died. */
    CONFIRMING,
    /** Toss may have taken the money or not. Only a definite answer of Toss ends this, never the passing of time. */
    UNKNOWN,
    /** A virtual account waits for the buyer's transfer. */
    WAITING_FOR_DEPOSIT,
    /** The money is at Toss. */
    PAID,
    /** The last attempt took no money; another one may follow. */
    FAILED,
    /** Ended before any money moved. */
    CANCELED,
    /** Part of the money went back. */
    PARTIALLY_REFUNDED,
    /** All of the money went back. */
    REFUNDED;

    /** Every legal step. A status without a case here does not compile. */
    public Set<PaymentStatus> next() {
        return switch (this) {
            // Straight to PAID or WAITING_FOR_DEPOSIT: a re-query may find what no confirm of ours has seen.
            case REQUESTED -> EnumSet.of(CONFIRMING, WAITING_FOR_DEPOSIT, PAID, FAILED, CANCELED);
            case CONFIRMING -> EnumSet.of(UNKNOWN, WAITING_FOR_DEPOSIT, PAID, FAILED);
            case UNKNOWN -> EnumSet.of(WAITING_FOR_DEPOSIT, PAID, FAILED);
            case WAITING_FOR_DEPOSIT -> EnumSet.of(PAID, FAILED, CANCELED);
            // Back to WAITING_FOR_DEPOSIT: the bank takes a deposit back, which Toss calls a deposit error.
            case PAID -> EnumSet.of(WAITING_FOR_DEPOSIT, PARTIALLY_REFUNDED, REFUNDED);
            case FAILED -> EnumSet.of(CONFIRMING, WAITING_FOR_DEPOSIT, PAID, FAILED, CANCELED);
            case PARTIALLY_REFUNDED -> EnumSet.of(PARTIALLY_REFUNDED, REFUNDED);
            // Money that came all the same: it is there, so it has to be seen, and given back.
            case CANCELED -> EnumSet.of(PAID);
            case REFUNDED -> EnumSet.noneOf(PaymentStatus.class);
        };
    }

    /** Whether a confirm may be under way at Toss, so that nothing else may be started or given up. */
    public boolean isUndecided() {
        return this == CONFIRMING || this == UNKNOWN;
    }

    /** Whether a first attempt, or another one, may begin. */
    boolean takesAttempts() {
        return this == REQUESTED || this == FAILED;
    }

    /** The name used outside the service, such as {@code waiting_for_deposit}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
