package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.error.TossError;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment as Toss keeps it. Immutable: each step answers the payment after it.
 *
 * @param method null until the buyer picked one, and again once expired
 * @param deadline when a payment not yet confirmed expires; without meaning afterwards
 * @param acceptance null until confirmed
 * @param failure why it was aborted or expired
 */
public record Payment(
        Session session,
        PaymentStatus status,
        Amounts amounts,
        @Nullable PaymentMethod method,
        Instant deadline,
        @Nullable Acceptance acceptance,
        @Nullable TossError failure) {

    static Payment opened(Session session, Duration lifetime) {
        return new Payment(
                session,
                PaymentStatus.READY,
                Amounts.of(session.amountWon(), session.taxFreeWon()),
                null,
                session.requestedAt().plus(lifetime),
                null,
                null);
    }

    Payment authenticated(PaymentMethod by, Instant confirmUntil) {
        return moveTo(PaymentStatus.IN_PROGRESS, by, confirmUntil, acceptance, failure);
    }

    Payment accepted(Acceptance by) {
        PaymentStatus to = switch (by.instrument()) {
            case Instrument.Card _ -> PaymentStatus.DONE;
            case Instrument.VirtualAccount _ -> PaymentStatus.WAITING_FOR_DEPOSIT;
        };
        return moveTo(to, method, deadline, by, failure);
    }

    Payment deposited(Acceptance by) {
        return moveTo(PaymentStatus.DONE, method, deadline, by, failure);
    }

    Payment aborted(TossError why) {
        return moveTo(PaymentStatus.ABORTED, method, deadline, acceptance, why);
    }

    /** Whether nobody finished it in time. */
    boolean isOverdue(Instant now) {
        return status.canExpire() && !now.isBefore(deadline);
    }

    Payment expired() {
        return moveTo(PaymentStatus.EXPIRED, null, deadline, acceptance, TossError.EXPIRED_PAYMENT);
    }

    /** What it is paid with; null until confirmed. */
    public @Nullable Instrument instrument() {
        return acceptance == null ? null : acceptance.instrument();
    }

    public String paymentKey() {
        return session.paymentKey();
    }

    public String orderId() {
        return session.orderId();
    }

    private Payment moveTo(
            PaymentStatus to,
            @Nullable PaymentMethod by,
            Instant until,
            @Nullable Acceptance with,
            @Nullable TossError because) {
        if (!status.next().contains(to)) {
            throw new IllegalTransition(paymentKey(), status, to);
        }
        return new Payment(session, to, amounts, by, until, with, because);
    }
}
