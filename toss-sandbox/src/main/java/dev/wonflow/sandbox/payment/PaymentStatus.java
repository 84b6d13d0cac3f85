package dev.wonflow.sandbox.payment;

import java.util.EnumSet;
import java.util.Set;

/** Where a payment is in its life at Toss. */
public enum PaymentStatus {
    /** Opened; the buyer has not authenticated. */
    READY,
    /** The buyer authenticated; the merchant has to confirm. */
    IN_PROGRESS,
    /** A virtual account was issued, and nothing has been paid into it (or what was paid in was reversed). */
    WAITING_FOR_DEPOSIT,
    DONE,
    /** Cancelled in one go, or by its last part if an assumption says so. */
    CANCELED,
    /** At least one partial cancel; the balance may be zero. */
    PARTIAL_CANCELED,
    /** Declined. */
    ABORTED,
    /** The buyer or the merchant was too late. */
    EXPIRED;

    /** Every legal step. Not monotonic: a deposit can be reversed. */
    Set<PaymentStatus> next() {
        return switch (this) {
            case READY -> EnumSet.of(IN_PROGRESS, ABORTED, EXPIRED);
            case IN_PROGRESS -> EnumSet.of(DONE, WAITING_FOR_DEPOSIT, ABORTED, EXPIRED);
            case WAITING_FOR_DEPOSIT -> EnumSet.of(DONE, CANCELED);
            case DONE -> EnumSet.of(CANCELED, PARTIAL_CANCELED, WAITING_FOR_DEPOSIT);
            // That parts which add up end it is an assumption nobody makes unless told to.
            case PARTIAL_CANCELED -> EnumSet.of(PARTIAL_CANCELED, CANCELED);
            case CANCELED, ABORTED, EXPIRED -> EnumSet.noneOf(PaymentStatus.class);
        };
    }

    /** Whether a deadline runs in this state. */
    boolean canExpire() {
        return next().contains(EXPIRED);
    }

    /** Whether {@code PAYMENT_STATUS_CHANGED} tells of this state; opening and authenticating are silent. */
    public boolean isAnnounced() {
        return switch (this) {
            case READY, IN_PROGRESS -> false;
            case WAITING_FOR_DEPOSIT, DONE, CANCELED, PARTIAL_CANCELED, ABORTED, EXPIRED -> true;
        };
    }
}
