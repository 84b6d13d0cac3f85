package dev.wonflow.payment.payment.web;

import dev.wonflow.payment.payment.Payment;
import java.util.Arrays;
import java.util.List;

/** A payment as a line of a file; its columns are the fields of {@link PaymentView}, and what went back. */
final class PaymentRow {

    static final List<String> COLUMNS = List.of(
            "paymentId",
            "orderId",
            "orderName",
            "status",
            "method",
            "amount",
            "refundedAmount",
            "balanceAmount",
            "currency",
            "plan",
            "customerKey",
            "livemode",
            "requestedAt",
            "approvedAt",
            "dueAt",
            "paymentKey",
            "failureCode",
            "failureMessage");

    private PaymentRow() {}

    static List<?> of(Payment payment) {
        PaymentView view = PaymentView.of(payment);
        long refunded = view.approvedAt() == null ? 0 : view.amount() - view.balanceAmount();
        return Arrays.asList(
                view.paymentId(),
                view.orderId(),
                view.orderName(),
                view.status(),
                view.method(),
                view.amount(),
                refunded,
                view.balanceAmount(),
                view.currency(),
                view.plan(),
                payment.purchase().customerKey(),
                view.livemode(),
                view.requestedAt(),
                view.approvedAt(),
                view.dueAt(),
                view.paymentKey(),
                view.failureCode(),
                view.failureMessage());
    }
}
