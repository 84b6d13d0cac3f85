package dev.wonflow.sandbox.trigger;

import java.util.Arrays;
import java.util.Optional;

/** Something that happens at Toss and can be made to happen here. */
public enum Trigger {
    PAYMENT_DONE("payment.done"),
    PAYMENT_DECLINED("payment.declined"),
    PAYMENT_CANCELED("payment.canceled"),
    PAYMENT_PARTIALLY_CANCELED("payment.partially-canceled"),
    PAYMENT_EXPIRED("payment.expired"),
    VA_ISSUED("va.issued"),
    VA_DEPOSIT("va.deposit"),
    VA_REVERSAL("va.reversal"),
    VA_CANCELED("va.canceled"),
    CANCEL_DONE("cancel.done"),
    CANCEL_ABORTED("cancel.aborted"),
    BILLING_ISSUED("billing.issued"),
    BILLING_CHARGED("billing.charged"),
    BILLING_DELETED("billing.deleted"),
    PAYOUT_CHANGED("payout.changed"),
    SELLER_CHANGED("seller.changed");

    private final String event;

    Trigger(String event) {
        this.event = event;
    }

    /** Finds a trigger by the name of its event. */
    public static Optional<Trigger> named(String event) {
        return Arrays.stream(values())
                .filter(trigger -> trigger.event.equalsIgnoreCase(event))
                .findFirst();
    }

    /** The name of the event, such as {@code va.deposit}. */
    public String event() {
        return event;
    }
}
