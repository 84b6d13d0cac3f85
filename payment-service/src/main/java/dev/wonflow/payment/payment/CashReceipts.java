package dev.wonflow.payment.payment;

import dev.wonflow.payment.gateway.GatewayPayment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The cash receipts of payments, as Toss tells of them. */
@FunctionalInterface
public interface CashReceipts {

    /**
     * What is known then.
     *
     * @param payment as it is stored afterwards
     * @param nextLook when to ask Toss again about what has not come to its end; {@code null} if there is nothing
     */
    record Noted(Payment payment, @Nullable Instant nextLook) {}

    /**
     * Takes note of the receipts of a payment, in the transaction that holds it.
     *
     * @param seen the payment at Toss; of this order and amount
     */
    Noted note(Payment payment, GatewayPayment seen, Instant now);
}
