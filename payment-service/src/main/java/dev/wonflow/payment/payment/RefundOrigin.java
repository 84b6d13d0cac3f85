package dev.wonflow.payment.payment;

import java.util.Locale;

/** Where money that goes back was asked for. Stored by name, so a renamed constant needs a migration. */
public enum RefundOrigin {
    /** Here. */
    REQUESTED,
    /** By a rule of ours: the money was taken for an order that was called off. */
    AUTOMATIC,
    /** Elsewhere, such as in Toss's console. */
    EXTERNAL;

    /** The name used outside the service. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
