package dev.wonflow.payment.gateway;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import java.util.UUID;

/**
 * One call that charges a billing key. Cannot be printed: the keys it carries together can charge.
 *
 * @param chargeId what it is for
 * @param number counts the calls of one charge that need a key of their own: Toss repeats the answer of a key for 15
 *     days
 * @param taxFree part of the amount that carries no VAT
 */
public record ChargeCall(
        UUID chargeId,
        int number,
        OrderId orderId,
        BillingKey billingKey,
        String customerKey,
        Money amount,
        Money taxFree,
        String orderName) {

    /** At most 54 of the 300 characters Toss takes. */
    public String idempotencyKey() {
        return "charge:" + chargeId + ":" + number;
    }

    @Override
    public String toString() {
        return "charge " + chargeId + ", call " + number;
    }
}
