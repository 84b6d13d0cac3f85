package dev.wonflow.payment.gateway;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import java.time.Instant;
import java.util.UUID;

/**
 * One call that has a virtual account opened, stored before Toss is called. Cannot be printed: it names the buyer.
 *
 * @param openingId what it is for
 * @param number counts the calls of one opening that need a key of their own: Toss repeats the answer of a key for 15
 *     days
 * @param amount what is sent to Toss: the stored sum, never a caller's
 * @param bank as Toss takes it: two characters, or a name
 * @param dueAt until when the account takes the deposit; whole seconds
 */
public record Opening(
        UUID openingId,
        int number,
        OrderId orderId,
        String orderName,
        Money amount,
        String bank,
        Buyer buyer,
        Instant dueAt) {

    /** At most 55 of the 300 characters Toss takes. */
    public String idempotencyKey() {
        return "account:" + openingId + ":" + number;
    }

    @Override
    public String toString() {
        return "opening " + openingId + ", call " + number;
    }
}
