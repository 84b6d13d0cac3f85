package dev.wonflow.sandbox.settlement;

import dev.wonflow.sandbox.state.Kept;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Payments the merchant asked to be settled; the oldest are forgotten first. */
@Component
class RequestedSettlements implements Kept<RequestedSettlements.State> {

    /** Everything kept, in the order it was asked for. */
    record State(List<Requested> requested) {}

    /**
     * One request.
     *
     * @param transactionKeys what the payment had gone through by then
     */
    record Requested(String mId, String paymentKey, LocalDate on, List<String> transactionKeys) {}

    private final LinkedHashMap<String, Requested> byPayment = new LinkedHashMap<>();
    private final int capacity;

    RequestedSettlements(SettlementSettings settings) {
        this.capacity = settings.requestCapacity();
    }

    /** Answers whether this is the first request for the payment; only that one is kept. */
    synchronized boolean add(Requested requested) {
        if (byPayment.putIfAbsent(requested.paymentKey(), requested) != null) {
            return false;
        }
        if (byPayment.size() > capacity) {
            byPayment.pollFirstEntry();
        }
        return true;
    }

    synchronized Optional<Requested> of(String paymentKey) {
        return Optional.ofNullable(byPayment.get(paymentKey));
    }

    /** What a merchant asked for in a period, both days included. */
    synchronized List<Requested> between(String mId, LocalDate from, LocalDate to) {
        return byPayment.values().stream()
                .filter(requested -> requested.mId().equals(mId)
                        && !requested.on().isBefore(from)
                        && !requested.on().isAfter(to))
                .toList();
    }

    @Override
    public String stateName() {
        return "requestedSettlements";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public synchronized State state() {
        return new State(List.copyOf(byPayment.values()));
    }

    @Override
    public synchronized void restore(State state) {
        byPayment.clear();
        state.requested().forEach(this::add);
    }
}
