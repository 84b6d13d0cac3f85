package dev.wonflow.sandbox.fault;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.fault.Fault.Kind;
import dev.wonflow.sandbox.fault.Fault.Operation;
import dev.wonflow.sandbox.state.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The faults that are armed, in the order they were. Each strikes as often as it was armed for and is gone. */
@Component
public class Faults implements Kept<Faults.State> {

    private final IdSource ids;
    private final int capacity;
    private final List<Fault> armed = new ArrayList<>();

    Faults(FaultSettings settings, IdSource ids) {
        this.ids = ids;
        this.capacity = settings.capacity();
    }

    /**
     * Arms a fault.
     *
     * @throws IllegalStateException if too many are armed already
     */
    public synchronized Fault arm(FaultPlan plan) {
        if (armed.size() >= capacity) {
            throw new IllegalStateException("faults: " + armed.size() + " armed (expected: fewer than " + capacity
                    + "; DELETE /control/faults disarms all)");
        }
        Fault fault = armed(plan);
        armed.add(fault);
        return fault;
    }

    /** Arms the faults of a profile in place of all that were armed. */
    public synchronized List<Fault> arm(FaultProfile profile) {
        armed.clear();
        return profile.plans().stream().map(this::arm).toList();
    }

    private Fault armed(FaultPlan plan) {
        UUID id = ids.next();
        return new Fault(id, plan.seeded(id.getLeastSignificantBits()), plan.times(), 0);
    }

    /** Whether nothing is armed. */
    public synchronized boolean isQuiet() {
        return armed.isEmpty();
    }

    /** Begins a call that brings faults of its own; the thread that answers it closes it. */
    public StruckCall begin(Subject subject, List<FaultPlan> own) {
        return StruckCall.begin(subject, own.stream().map(this::armed).toList());
    }

    /** Takes one stroke of the first fault of a kind that fits the call this thread answers. */
    public Optional<Fault> strike(Operation operation, Kind kind, String orderId) {
        Subject subject = StruckCall.current()
                .map(StruckCall::subject)
                .orElseGet(() -> new Subject(operation, orderId, null, null, null));
        return strike(kind, subject.about(orderId, null));
    }

    /** Takes one stroke of the first fault of a kind that fits a webhook. */
    public Optional<Fault> strikeWebhook(
            Kind kind, String eventType, @Nullable String orderId, @Nullable String paymentKey) {
        Subject call = StruckCall.current()
                .map(StruckCall::subject)
                .orElseGet(() -> new Subject(null, null, null, null, null));
        return strike(kind, call.announcedBy(eventType, orderId, paymentKey));
    }

    /** Takes one stroke of the first fault that fits a deposit. */
    public Optional<Fault> strikeDeposit(String orderId, String paymentKey) {
        return strike(Kind.DEPOSIT_REVERSED, new Subject(null, orderId, paymentKey, null, null));
    }

    /** Takes one stroke of the first fault that fits a cancel in progress. */
    public Optional<Fault> strikeCancel(String orderId, String paymentKey) {
        return strike(Kind.CANCEL_ABORTED, new Subject(null, orderId, paymentKey, null, null));
    }

    /** Takes one stroke of the first fault that fits: those the call brought itself come first. */
    public Optional<Fault> strike(Kind kind, Subject subject) {
        Optional<StruckCall> call = StruckCall.current();
        Optional<Fault> struck =
                call.flatMap(it -> it.strikeByItself(kind, subject)).or(() -> strikeArmed(kind, subject));
        if (struck.isPresent()) {
            call.ifPresent(it -> it.wasStruckBy(kind));
        }
        return struck;
    }

    private synchronized Optional<Fault> strikeArmed(Kind kind, Subject subject) {
        for (int i = 0; i < armed.size(); i++) {
            Fault fault = armed.get(i);
            if (!fault.plan().fits(kind, subject)) {
                continue;
            }
            if (!fault.isLucky()) {
                armed.set(i, fault.passedBy());
                continue;
            }
            Fault spent = fault.spent();
            if (spent.times() == 0) {
                armed.remove(i);
            } else {
                armed.set(i, spent);
            }
            return Optional.of(fault);
        }
        return Optional.empty();
    }

    public synchronized List<Fault> armed() {
        return List.copyOf(armed);
    }

    /** Disarms one fault; false if it is not armed any more. */
    public synchronized boolean disarm(UUID id) {
        return armed.removeIf(fault -> fault.id().equals(id));
    }

    public synchronized void disarmAll() {
        armed.clear();
    }

    /** What is armed. */
    public record State(List<Fault> armed) {}

    @Override
    public String stateName() {
        return "faults";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public State state() {
        return new State(armed());
    }

    @Override
    public synchronized void restore(State state) {
        armed.clear();
        armed.addAll(state.armed());
    }
}
