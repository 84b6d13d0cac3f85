package dev.wonflow.sandbox.control.web;

import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentStatus;
import java.util.List;

/**
 * A payment as the page shows it.
 *
 * @param tone style of its status
 * @param balance what can still be cancelled, in won
 */
record PaymentRow(
        String key,
        String orderId,
        String orderName,
        String amount,
        long balance,
        PaymentStatus status,
        String tone,
        String requestedAt,
        List<WebhookRow> webhooks) {

    static PaymentRow of(Payment payment, List<WebhookRow> webhooks) {
        return new PaymentRow(
                payment.paymentKey(),
                payment.orderId(),
                payment.session().orderName(),
                Show.won(payment.amounts().totalWon()),
                payment.amounts().balanceWon(),
                payment.status(),
                tone(payment.status()),
                Show.time(payment.session().requestedAt()),
                webhooks);
    }

    private static String tone(PaymentStatus status) {
        return switch (status) {
            case DONE -> "good";
            case ABORTED, EXPIRED -> "bad";
            case READY, IN_PROGRESS, WAITING_FOR_DEPOSIT -> "open";
            case CANCELED, PARTIAL_CANCELED -> "";
        };
    }
}
