package dev.wonflow.order.payment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line in the failure log of an order.
 *
 * @param code of a failure Toss's, of an incident one of the constants here
 */
public record PaymentNote(
        Kind kind, UUID paymentId, String code, @Nullable String message, Instant at) {

    /** Money for an order that was cancelled before. It must go back; the order is on hold until it has. */
    public static final String PAID_AFTER_CANCELLATION = "PAID_AFTER_CANCELLATION";

    /** A second payment of an order that is paid. One of the two must go back. */
    public static final String PAID_TWICE = "PAID_TWICE";

    /** Not what the order costs. */
    public static final String PAID_AMOUNT_DIFFERS = "PAID_AMOUNT_DIFFERS";

    /** The money was taken back and the goods are gone. */
    public static final String REVERSED_AFTER_SHIPPING = "REVERSED_AFTER_SHIPPING";

    /** The payment claims to be of another tenant than its order. */
    public static final String TENANT_DIFFERS = "TENANT_DIFFERS";

    /** Whether a person must act. */
    public enum Kind {
        /** The buyer can try again. */
        FAILURE,
        /** Money and order disagree; a person has to look. */
        INCIDENT
    }
}
