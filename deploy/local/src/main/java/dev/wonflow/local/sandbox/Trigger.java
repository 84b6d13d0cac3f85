package dev.wonflow.local.sandbox;

import java.util.Arrays;
import java.util.Optional;

/** Something that happens at Toss and can be made to happen at the sandbox. */
public enum Trigger {
    PAYMENT_DONE("payment.done", "a card payment is authenticated and confirmed"),
    PAYMENT_DECLINED("payment.declined", "the card company refuses at the confirm; --code says why"),
    PAYMENT_CANCELED("payment.canceled", "the whole payment is given back"),
    PAYMENT_PARTIALLY_CANCELED("payment.partially-canceled", "a part is given back; --cancel-amount says how much"),
    PAYMENT_EXPIRED("payment.expired", "the buyer was too late; moves the sandbox's clock by 31 minutes"),
    VA_ISSUED("va.issued", "a virtual account is issued and waits for its deposit"),
    VA_DEPOSIT("va.deposit", "the deposit arrives"),
    VA_REVERSAL("va.reversal", "the deposit arrives, and the bank takes it back"),
    VA_CANCELED("va.canceled", "a virtual account is cancelled before its deposit"),
    CANCEL_DONE("cancel.done", "a payment by PayPal over so many cents is cancelled, and its money goes back"),
    CANCEL_ABORTED("cancel.aborted", "a payment by PayPal over so many cents is to be cancelled, and PayPal refuses"),
    BILLING_ISSUED("billing.issued", "a billing key is issued for a card"),
    BILLING_CHARGED("billing.charged", "a billing key is charged; Toss sends no webhook for it"),
    BILLING_DELETED("billing.deleted", "a billing key is deleted"),
    PAYOUT_CHANGED("payout.changed", "a payout to a seller is completed"),
    SELLER_CHANGED("seller.changed", "a seller is approved");

    private final String event;
    private final String happens;

    Trigger(String event, String happens) {
        this.event = event;
        this.happens = happens;
    }

    /** Its name on the command line. */
    public String event() {
        return event;
    }

    /** What happens then. */
    public String happens() {
        return happens;
    }

    /** The trigger of that name. */
    public static Optional<Trigger> named(String event) {
        return Arrays.stream(values())
                .filter(trigger -> trigger.event.equalsIgnoreCase(event.strip()))
                .findFirst();
    }
}
