package dev.wonflow.payment.refund.web;

import dev.wonflow.money.Money;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.refund.Refund;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A refund as a shop sees it, with what its payment holds after it. */
record RefundView(
        UUID refundId,
        UUID paymentId,
        String orderId,
        String status,
        long amount,
        long taxFreeAmount,
        String currency,
        @Nullable String reason,
        Instant requestedAt,
        String paymentStatus,
        long balanceAmount) {

    static RefundView of(Refund refund, Payment payment) {
        return new RefundView(
                refund.id().value(),
                payment.id().value(),
                payment.orderId().value(),
                refund.status().text(),
                refund.amount().won(),
                refund.taxFree().won(),
                Money.CURRENCY,
                refund.reason(),
                refund.requestedAt(),
                payment.status().text(),
                payment.balance().won());
    }
}
