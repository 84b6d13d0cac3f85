package dev.wonflow.payment.payment.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wonflow.payment.payment.PastRefunds;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentHistory;
import dev.wonflow.payment.payment.PaymentStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payment in full. */
record PaymentDetails(@JsonUnwrapped PaymentView payment, List<AttemptView> attempts, List<RefundView> refunds) {

    /**
     * An attempt to take the money.
     *
     * @param status how it stands; {@code confirming} while its first call is under way
     */
    record AttemptView(
            String paymentKey,
            String status,
            @Nullable String code,
            Instant startedAt,
            @Nullable Instant answeredAt) {

        static AttemptView of(PaymentHistory.PastAttempt attempt) {
            PaymentStatus outcome = attempt.outcome();
            return new AttemptView(
                    attempt.paymentKey().value(),
                    (outcome == null ? PaymentStatus.CONFIRMING : outcome).text(),
                    attempt.code(),
                    attempt.startedAt(),
                    attempt.notedAt());
        }
    }

    /** Money that went back, is to, or came to nothing. */
    record RefundView(
            UUID refundId,
            String origin,
            String status,
            long amount,
            @Nullable String reason,
            @Nullable String failureCode,
            Instant requestedAt,
            Instant changedAt) {

        static RefundView of(PastRefunds.PastRefund refund) {
            return new RefundView(
                    refund.id(),
                    refund.origin().text(),
                    refund.status(),
                    refund.amount().won(),
                    refund.reason(),
                    refund.failureCode(),
                    refund.requestedAt(),
                    refund.changedAt());
        }
    }

    static PaymentDetails of(
            Payment payment, List<PaymentHistory.PastAttempt> attempts, List<PastRefunds.PastRefund> refunds) {
        return new PaymentDetails(
                PaymentView.of(payment),
                attempts.stream().map(AttemptView::of).toList(),
                refunds.stream().map(RefundView::of).toList());
    }
}
