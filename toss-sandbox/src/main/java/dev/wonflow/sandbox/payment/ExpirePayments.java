package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.clock.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/** Ends payments nobody finished in time. */
@Component
public class ExpirePayments implements PaymentWatch {

    private final Payments payments;
    private final PaymentChanges changes;
    private final Schedule schedule;
    private final PaymentSettings settings;
    private final Clock clock;

    ExpirePayments(
            Payments payments, PaymentChanges changes, Schedule schedule, PaymentSettings settings, Clock clock) {
        this.payments = payments;
        this.changes = changes;
        this.schedule = schedule;
        this.settings = settings;
        this.clock = clock;
    }

    /** Looks at the payment again when its deadline comes. */
    @Override
    public void watch(Payment payment) {
        if (!payment.status().canExpire()) {
            return;
        }
        // Only the key waits: a payment may be forgotten long before its deadline.
        String paymentKey = payment.paymentKey();
        schedule.at(
                payment.deadline(),
                () -> {
                    ifDue(paymentKey);
                    return CompletableFuture.completedStage(null);
                },
                () -> payments.find(paymentKey)
                        .filter(found -> found.status().canExpire())
                        .isPresent());
    }

    /** Until when a payment authenticated now can be confirmed. */
    public Instant confirmUntil() {
        return clock.instant().plus(settings.confirmWithin());
    }

    /**
     * Expires the payment if its deadline has come, so that no caller ever sees one alive beyond it.
     *
     * @return the payment as it is now
     */
    public Optional<Payment> ifDue(String paymentKey) {
        Instant now = clock.instant();
        Optional<Payment> found = payments.find(paymentKey);
        if (found.filter(payment -> payment.isOverdue(now)).isEmpty()) {
            return found;
        }
        AtomicBoolean expired = new AtomicBoolean();
        Optional<Payment> after = payments.change(paymentKey, payment -> {
            expired.set(payment.isOverdue(now));
            return expired.get() ? payment.expired() : payment;
        });
        if (expired.get()) {
            after.ifPresent(changes::changed);
        }
        return after;
    }
}
