package dev.wonflow.payment.payment.web;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.payment.CapturedFunds;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.web.statement.Field;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment as pages see it.
 *
 * @param paymentKey Toss's name of the last attempt
 * @param livemode whether it is real money, and no try with Toss's test keys
 * @param status how it stands; with {@code unknown} Toss is being asked
 * @param method how it was paid, in Toss's words
 * @param balanceAmount what is left of the money that was taken
 * @param failureCode Toss's, of the last attempt that took no money
 * @param failureMessage Toss's words for the buyer
 * @param dueAt until when a deposit into a virtual account is awaited
 */
record PaymentView(
        UUID paymentId,
        String orderId,
        @Nullable String paymentKey,
        String orderName,
        @Field(won = true) long amount,
        @Field(only = Money.CURRENCY) String currency,
        @Nullable String plan,
        boolean livemode,
        @Field(words = PaymentStatus.class) String status,
        @Nullable String method,
        @Field(won = true) long balanceAmount,
        @Nullable String failureCode,
        @Nullable String failureMessage,
        Instant requestedAt,
        @Nullable Instant approvedAt,
        @Nullable Instant dueAt) {

    static PaymentView of(Payment payment) {
        CapturedFunds funds = payment.funds();
        Failure failure = payment.failure();
        return new PaymentView(
                payment.id().value(),
                payment.orderId().value(),
                payment.paymentKey() == null ? null : payment.paymentKey().value(),
                payment.purchase().orderName(),
                payment.purchase().amount().won(),
                Money.CURRENCY,
                payment.purchase().plan(),
                payment.livemode(),
                payment.status().text(),
                funds == null ? null : funds.method(),
                payment.balance().won(),
                failure == null ? null : failure.code(),
                failure == null ? null : failure.message(),
                payment.requestedAt(),
                funds == null ? null : funds.approvedAt(),
                funds == null ? null : funds.dueAt());
    }
}
