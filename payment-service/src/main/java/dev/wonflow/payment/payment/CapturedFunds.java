package dev.wonflow.payment.payment;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.GatewayPayment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Toss holds for us, or will hold once the buyer has transferred it.
 *
 * @param method as Toss names it, in Korean
 * @param balance what can still be refunded
 * @param approvedAt when the money came in; {@code null} while a deposit is awaited
 * @param dueAt until when a deposit is awaited
 * @param reversedAt when the deposit awaited again was taken back; {@code null} if none has come yet
 */
public record CapturedFunds(
        @Nullable String method,
        Money balance,
        @Nullable Instant approvedAt,
        @Nullable Instant dueAt,
        @Nullable Instant reversedAt,
        @Nullable String lastTransactionKey) {

    static CapturedFunds of(GatewayPayment gatewayPayment) {
        return new CapturedFunds(
                gatewayPayment.method(),
                gatewayPayment.balance(),
                gatewayPayment.approvedAt(),
                gatewayPayment.dueAt(),
                null,
                gatewayPayment.lastTransactionKey());
    }

    CapturedFunds taken(Money whole, Instant at) {
        return new CapturedFunds(method, whole, at, dueAt, null, lastTransactionKey);
    }

    CapturedFunds awaited(@Nullable Instant takenBackAt) {
        return new CapturedFunds(method, balance, null, dueAt, takenBackAt, lastTransactionKey);
    }

    CapturedFunds withBalance(Money rest) {
        return new CapturedFunds(method, rest, approvedAt, dueAt, reversedAt, lastTransactionKey);
    }
}
