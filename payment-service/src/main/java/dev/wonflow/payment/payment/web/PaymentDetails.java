package dev.wonflow.payment.payment.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentHistory;
import dev.wonflow.payment.payment.PaymentStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A payment in full. */
record PaymentDetails(@JsonUnwrapped PaymentView payment, List<AttemptView> attempts) {

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

    static PaymentDetails of(Payment payment, List<PaymentHistory.PastAttempt> attempts) {
        return new PaymentDetails(
                PaymentView.of(payment), attempts.stream().map(AttemptView::of).toList());
    }
}
