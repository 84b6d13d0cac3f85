package dev.wonflow.payment;

import dev.wonflow.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.mapping.Column;

/**
 * What Toss holds for us, or will hold once the buyer has transferred it.
 *
 * @param method as Toss names it, in Korean
 * @param balance what can still be refunded
 * @param approvedAt when the money came in; {@code null} while a deposit is awaited
 * @param dueAt until when a deposit is awaited
 * @param reversedAt when the deposit awaited again was taken back; {@code null} if none has come yet
 */
public record Holding(
        @Nullable String method,
        @Column("balance_won") Money balance,
        @Nullable Instant approvedAt,
        @Nullable Instant dueAt,
        @Nullable Instant reversedAt,
        @Nullable WebhookSecret secret,
        @Nullable String lastTransactionKey) {

    static Holding of(Charge charge) {
        return new Holding(
                charge.method(),
                charge.balance(),
                charge.approvedAt(),
                charge.dueAt(),
                null,
                charge.secret(),
                charge.lastTransactionKey());
    }

    Holding taken(Money whole, Instant at) {
        return new Holding(method, whole, at, dueAt, null, secret, lastTransactionKey);
    }

    Holding awaited(@Nullable Instant takenBackAt) {
        return new Holding(method, balance, null, dueAt, takenBackAt, secret, lastTransactionKey);
    }

    Holding withBalance(Money rest) {
        return new Holding(method, rest, approvedAt, dueAt, reversedAt, secret, lastTransactionKey);
    }
}
