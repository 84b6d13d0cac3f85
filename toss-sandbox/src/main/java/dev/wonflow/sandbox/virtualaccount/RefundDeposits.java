package dev.wonflow.sandbox.virtualaccount;

import dev.wonflow.sandbox.calendar.BusinessDays;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.instrument.Refund;
import dev.wonflow.sandbox.payment.Acceptance;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.Payments;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sends the money of cancelled virtual accounts back: it takes two business days, and nobody is told how it ended. */
@Component
public class RefundDeposits {

    /**
     * A refund to this account does not arrive, as where the buyer closed it. The sandbox's own; what Toss does with
     * such money is not documented.
     */
    public static final String CLOSED_ACCOUNT = "99990000000001";

    private static final int TAKES_BUSINESS_DAYS = 2;

    private final Payments payments;
    private final BusinessDays businessDays;
    private final Clock clock;

    RefundDeposits(Payments payments, BusinessDays businessDays, Clock clock) {
        this.payments = payments;
        this.businessDays = businessDays;
        this.clock = clock;
    }

    /** The refund of a cancel of this moment. */
    public Refund begin(boolean whole, String accountNumber) {
        ZonedDateTime now = clock.instant().atZone(SandboxClock.SEOUL);
        Instant endsAt = businessDays
                .after(now.toLocalDate(), TAKES_BUSINESS_DAYS)
                .atTime(now.toLocalTime())
                .atZone(SandboxClock.SEOUL)
                .toInstant();
        return new Refund(whole, endsAt, !accountNumber.equals(CLOSED_ACCOUNT));
    }

    /**
     * Has the refunds that are under way fail at once.
     *
     * @return the payment after it; empty if there is none
     * @throws NoRefundOpen if none is under way
     */
    public Optional<Payment> fail(String paymentKey) {
        return end(paymentKey, false);
    }

    /**
     * Has the refunds that are under way or have failed arrive at once, as if the buyer had named another account.
     *
     * @return the payment after it; empty if there is none
     * @throws NoRefundOpen if nothing is left to arrive
     */
    public Optional<Payment> complete(String paymentKey) {
        return end(paymentKey, true);
    }

    private Optional<Payment> end(String paymentKey, boolean arrived) {
        return payments.change(paymentKey, payment -> ended(payment, arrived, clock.instant()));
    }

    private static Payment ended(Payment payment, boolean arrived, Instant now) {
        Acceptance acceptance = payment.acceptance();
        if (acceptance == null || !(acceptance.instrument() instanceof Instrument.VirtualAccount account)) {
            throw new NoRefundOpen(payment);
        }
        List<Refund> ended = account.refunds().stream()
                .map(refund -> refund.isPending(now) || (arrived && refund.hasFailed(now))
                        ? refund.ended(now, arrived)
                        : refund)
                .toList();
        if (ended.equals(account.refunds())) {
            throw new NoRefundOpen(payment);
        }
        return payment.with(acceptance.with(account.refunded(ended)));
    }
}
