package dev.wonflow.sandbox.control.web;

import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.payment.CancelStatus;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentStatus;
import java.util.List;

/**
 * A payment as the page shows it.
 *
 * @param tone style of its status
 * @param amountLabel name of the message before the amount
 * @param balance what can still be cancelled, in digits
 * @param smallest the smallest amount there is in its currency, in digits
 * @param running its cancels in progress
 */
record PaymentRow(
        String key,
        String orderId,
        String orderName,
        String amount,
        String amountLabel,
        String balance,
        String smallest,
        PaymentStatus status,
        String tone,
        String requestedAt,
        List<RunningCancel> running,
        List<WebhookRow> webhooks) {

    /** A cancel the provider overseas has not answered. */
    record RunningCancel(String transactionKey, String amount, String reason) {}

    static PaymentRow of(Payment payment, List<WebhookRow> webhooks) {
        Currency in = payment.session().currency();
        return new PaymentRow(
                payment.paymentKey(),
                payment.orderId(),
                payment.session().orderName(),
                Show.money(in, payment.amounts().totalMinor()),
                in == Currency.KRW ? "control.amount" : "control.amount.overseas",
                in.digits(payment.amounts().balanceMinor()),
                in.digits(1),
                payment.status(),
                tone(payment.status()),
                Show.time(payment.session().requestedAt()),
                payment.cancels().stream()
                        .filter(cancel -> cancel.status() == CancelStatus.IN_PROGRESS)
                        .map(cancel -> new RunningCancel(
                                cancel.transactionKey(), Show.money(in, cancel.amountMinor()), cancel.reason()))
                        .toList(),
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
