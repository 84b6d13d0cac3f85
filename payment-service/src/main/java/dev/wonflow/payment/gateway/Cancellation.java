package dev.wonflow.payment.gateway;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call that gives money back, stored before Toss is called.
 *
 * @param refundId what it is for
 * @param number counts the calls of one refund that need a key of their own: Toss repeats the answer of a key for 15
 *     days
 * @param refundable what Toss holds before it; Toss gives nothing back if it holds another sum, so that no two calls
 *     take from the same sum
 * @param taxFree part of the amount that carried no VAT
 * @param reason shown to the buyer by Toss; 1 to 200 characters
 * @param account where a deposit goes back to; {@code null} for every other method
 */
public record Cancellation(
        UUID refundId,
        PaymentKey paymentKey,
        int number,
        Money amount,
        Money refundable,
        Money taxFree,
        String reason,
        @Nullable RefundAccount account) {

    /** At most 56 of the 300 characters Toss takes. */
    public String idempotencyKey() {
        return "refund:" + refundId + ":" + number;
    }
}
