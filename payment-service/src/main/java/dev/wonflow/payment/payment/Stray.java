package dev.wonflow.payment.payment;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentKey;
import java.util.Locale;

/**
 * Money that Toss holds for an order and that does not count for it.
 *
 * @param held what Toss was seen to hold
 */
public record Stray(PaymentKey paymentKey, Money held, Reason reason) {

    /** Why it does not count. Stored by name, so a renamed constant needs a migration. */
    public enum Reason {
        /** Another paymentKey than the one that counts. */
        SECOND_CAPTURE,
        /** Another amount than the order's, which the window was opened for. */
        AMOUNT_DIFFERS;

        /** The name used outside the service. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
