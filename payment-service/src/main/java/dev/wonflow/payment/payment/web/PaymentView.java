package dev.wonflow.payment.payment.web;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.payment.CapturedFunds;
import dev.wonflow.payment.payment.Payment;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payment as pages see it. */
record PaymentView(
        UUID paymentId,
        String orderId,
        @Nullable String paymentKey,
        String orderName,
        long amount,
        String currency,
        @Nullable String plan,
        boolean livemode,
        String status,
        @Nullable String method,
        long balanceAmount,
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
