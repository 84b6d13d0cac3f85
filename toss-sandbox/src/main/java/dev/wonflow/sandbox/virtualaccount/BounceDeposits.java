package dev.wonflow.sandbox.virtualaccount;

import dev.wonflow.sandbox.clock.Schedule;
import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.Faults;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentChanges;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.state.Kept;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Has the bank take deposits back some time after they were made, for those a fault strikes. */
@Component
class BounceDeposits implements PaymentChanges, Kept<BounceDeposits.State> {

    /** More than anybody waits for; what comes on top is not taken back. */
    private static final int MOST_PENDING = 10_000;

    private final Map<String, Bounce> pending = new LinkedHashMap<>();
    private final Faults faults;
    private final Schedule schedule;
    private final Clock clock;

    /** Asked for when the first bounces, since the bean that takes deposits tells us of them. */
    private final ObjectProvider<DepositPayment> depositPayment;

    BounceDeposits(Faults faults, Schedule schedule, Clock clock, ObjectProvider<DepositPayment> depositPayment) {
        this.faults = faults;
        this.schedule = schedule;
        this.clock = clock;
        this.depositPayment = depositPayment;
    }

    /**
     * A deposit that will be taken back.
     *
     * @param transactionKey the deposit; one made after it stays
     */
    record Bounce(String paymentKey, String transactionKey, Instant at) {}

    /** What will be taken back. */
    record State(List<Bounce> pending) {}

    @Override
    public void changed(Payment payment) {
        String deposit = payment.lastTransactionKey();
        if (payment.status() != PaymentStatus.DONE
                || deposit == null
                || !(payment.instrument() instanceof Instrument.VirtualAccount)) {
            return;
        }
        Optional<Fault> struck = faults.strikeDeposit(payment.orderId(), payment.paymentKey());
        struck.ifPresent(fault ->
                plan(new Bounce(payment.paymentKey(), deposit, clock.instant().plus(fault.delay()))));
    }

    private void plan(Bounce bounce) {
        synchronized (this) {
            if (pending.size() >= MOST_PENDING) {
                return;
            }
            pending.put(bounce.paymentKey(), bounce);
        }
        schedule.at(bounce.at(), () -> {
            bounce(bounce);
            return CompletableFuture.completedStage(null);
        });
    }

    private void bounce(Bounce bounce) {
        synchronized (this) {
            pending.remove(bounce.paymentKey(), bounce);
        }
        depositPayment.getObject().reverse(bounce.paymentKey(), bounce.transactionKey());
    }

    @Override
    public String stateName() {
        return "bouncingDeposits";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public synchronized State state() {
        return new State(List.copyOf(pending.values()));
    }

    @Override
    public void restore(State state) {
        synchronized (this) {
            pending.clear();
        }
        state.pending().forEach(this::plan);
    }
}
