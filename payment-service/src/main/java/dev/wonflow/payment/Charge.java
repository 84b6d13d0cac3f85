package dev.wonflow.payment;

import dev.wonflow.money.Money;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payment as Toss describes it, before anybody has checked that it is ours.
 *
 * @param approvedAt when the money came in; {@code null} if it never did
 */
public record Charge(
        OrderId orderId,
        PaymentKey paymentKey,
        Money amount,
        Money balance,
        String currency,
        @Nullable String method,
        @Nullable Instant approvedAt,
        @Nullable Instant dueAt,
        @Nullable WebhookSecret secret,
        @Nullable String lastTransactionKey) {

    /**
     * Names what contradicts the payment. Toss's idempotency does not look at bodies, so an answer may belong to
     * another request.
     */
    Optional<String> contradiction(Purchase purchase) {
        if (!orderId.equals(purchase.orderId())) {
            return Optional.of("orderId: " + orderId + " (expected: " + purchase.orderId() + ")");
        }
        if (!currency.equals(Money.CURRENCY)) {
            return Optional.of("currency: " + currency + " (expected: " + Money.CURRENCY + ")");
        }
        if (!amount.equals(purchase.amount())) {
            return Optional.of("amount: " + amount + " (expected: " + purchase.amount() + ")");
        }
        return Optional.empty();
    }

    Holding holding() {
        return new Holding(method, balance, approvedAt, dueAt, secret, lastTransactionKey);
    }
}
