package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.clock.Schedule;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Has the money of a cancelled virtual account reach the buyer two business days later; nobody is told. */
@Component
class RefundDeposits {

    /** Weekends do not count; public holidays are not known here. */
    private static final int BUSINESS_DAYS = 2;

    private final Payments payments;
    private final Schedule schedule;
    private final Clock clock;

    RefundDeposits(Payments payments, Schedule schedule, Clock clock) {
        this.payments = payments;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Looks at the payment again when the refund of its latest cancel is due. */
    void watch(Payment payment) {
        if (isPending(payment)) {
            schedule.at(due(payment), () -> {
                payments.change(payment.paymentKey(), this::refunded);
                return CompletableFuture.completedStage(null);
            });
        }
    }

    private Payment refunded(Payment payment) {
        Acceptance acceptance = payment.acceptance();
        // A later cancel has a later date, and its own turn.
        if (acceptance != null
                && acceptance.instrument() instanceof Instrument.VirtualAccount account
                && isPending(payment)
                && !clock.instant().isBefore(due(payment))) {
            return payment.with(acceptance.with(account.refund(RefundStatus.COMPLETED)));
        }
        return payment;
    }

    private static boolean isPending(Payment payment) {
        return payment.instrument() instanceof Instrument.VirtualAccount account
                && account.refundStatus() == RefundStatus.PENDING
                && !payment.cancels().isEmpty();
    }

    private static Instant due(Payment payment) {
        ZonedDateTime day = payment.cancels().getLast().canceledAt().atZone(SandboxClock.SEOUL);
        for (int businessDays = 0; businessDays < BUSINESS_DAYS; ) {
            day = day.plusDays(1);
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                businessDays++;
            }
        }
        return day.toInstant();
    }
}
