package dev.wonflow.sandbox.cancel;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.clock.Schedule;
import dev.wonflow.sandbox.customer.CustomerClocks;
import dev.wonflow.sandbox.fault.Faults;
import dev.wonflow.sandbox.payment.Cancel;
import dev.wonflow.sandbox.payment.CancelStatus;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentChanges;
import dev.wonflow.sandbox.payment.PaymentWatch;
import dev.wonflow.sandbox.payment.Payments;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has the provider overseas answer the cancels it was asked for. */
@Component
public class FinishCancels implements PaymentWatch {

    private final Payments payments;
    private final PaymentChanges changes;
    private final List<CancelFinished> listeners;
    private final Faults faults;
    private final OverseasSettings settings;
    private final Assumptions assumptions;
    private final Schedule schedule;
    private final CustomerClocks clocks;

    FinishCancels(
            Payments payments,
            PaymentChanges changes,
            List<CancelFinished> listeners,
            Faults faults,
            OverseasSettings settings,
            Assumptions assumptions,
            Schedule schedule,
            CustomerClocks clocks) {
        this.payments = payments;
        this.changes = changes;
        this.listeners = List.copyOf(listeners);
        this.faults = faults;
        this.settings = settings;
        this.assumptions = assumptions;
        this.schedule = schedule;
        this.clocks = clocks;
    }

    /** Answers each cancel in progress when its time comes. */
    @Override
    public void watch(Payment payment) {
        if (settings.cancelFinishedAfter().isZero()) {
            return;
        }
        payment.cancels().stream()
                .filter(cancel -> cancel.status() == CancelStatus.IN_PROGRESS)
                .forEach(cancel -> watch(payment, cancel));
    }

    private void watch(Payment payment, Cancel cancel) {
        String paymentKey = payment.paymentKey();
        String orderId = payment.orderId();
        String customer = CancelPayment.chargedCustomer(payment);
        // The schedule knows the sandbox's time only.
        Duration ahead = customer == null ? Duration.ZERO : clocks.ahead(customer);
        schedule.at(cancel.canceledAt().minus(ahead).plus(settings.cancelFinishedAfter()), () -> {
            if (isRunning(paymentKey, cancel.transactionKey())) {
                CancelStatus end =
                        faults.strikeCancel(orderId, paymentKey).isPresent() ? CancelStatus.ABORTED : CancelStatus.DONE;
                Optional<Payment> _ = finish(paymentKey, cancel.transactionKey(), end);
            }
            return CompletableFuture.completedStage(null);
        });
    }

    private boolean isRunning(String paymentKey, String transactionKey) {
        return payments.find(paymentKey)
                .flatMap(payment -> payment.runningCancel(transactionKey))
                .isPresent();
    }

    /**
     * Answers a cancel.
     *
     * @param transactionKey which; null for the oldest in progress
     * @param end DONE, or ABORTED, which gives the balance back
     * @return the payment after it; empty if there is none
     * @throws NoCancelRunning if it is not in progress
     */
    public Optional<Payment> finish(String paymentKey, @Nullable String transactionKey, CancelStatus end) {
        AtomicReference<@Nullable Cancel> finished = new AtomicReference<>();
        Optional<Payment> after = payments.change(paymentKey, payment -> {
            Cancel cancel = payment.runningCancel(transactionKey).orElseThrow(() -> new NoCancelRunning(paymentKey));
            Payment changed = end == CancelStatus.DONE
                    ? payment.cancelDone(
                            cancel,
                            clocks.now(CancelPayment.chargedCustomer(payment)),
                            assumptions.canceledByTheLastPart())
                    : payment.cancelAborted(cancel);
            finished.set(changed.cancels().get(payment.cancels().indexOf(cancel)));
            return changed;
        });
        Cancel cancel = finished.get();
        if (after.isPresent() && cancel != null) {
            if (cancel.status() == CancelStatus.DONE) {
                // The refusal of a cancel leaves the payment in the state it was announced in.
                changes.changed(after.get());
            }
            listeners.forEach(listener -> listener.finished(after.get(), cancel));
        }
        return after;
    }
}
