package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.state.Kept;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** The billing keys, oldest first, deleted ones among them. Everything about a key happens in one order. */
@Component
public class BillingKeys implements Kept<BillingKeys.State> {

    private final LinkedHashMap<String, BillingKey> kept = new LinkedHashMap<>();
    private final int capacity;

    BillingKeys(BillingSettings settings) {
        this.capacity = settings.capacity();
    }

    /** All keys, oldest first. */
    public record State(List<BillingKey> keys) {

        public State {
            keys = List.copyOf(keys);
        }
    }

    /** Adds a key; beyond the capacity the oldest is forgotten. */
    synchronized void add(BillingKey key) {
        if (kept.size() >= capacity) {
            kept.pollFirstEntry();
        }
        kept.put(key.billingKey(), key);
    }

    public synchronized Optional<BillingKey> find(String billingKey) {
        return Optional.ofNullable(kept.get(billingKey));
    }

    /**
     * Takes one step with a key; no other step or use of any key happens meanwhile, and what the step throws changes
     * nothing.
     *
     * @param step must be quick, and must not come back here
     * @return the key after the step; empty if there is none
     */
    synchronized Optional<BillingKey> change(String billingKey, UnaryOperator<BillingKey> step) {
        return Optional.ofNullable(kept.computeIfPresent(billingKey, (_, key) -> step.apply(key)));
    }

    /**
     * Uses a key as it is. No step of any key happens meanwhile, so that a charge never overlaps a deletion.
     *
     * @param use is given the key, if there is one; must be quick, and must not come back here
     */
    synchronized <T> T during(String billingKey, Function<Optional<BillingKey>, T> use) {
        return use.apply(find(billingKey));
    }

    /** Up to {@code limit} keys, the newest first. */
    public synchronized List<BillingKey> newest(int limit) {
        List<BillingKey> newest = new ArrayList<>();
        for (BillingKey key : kept.sequencedValues().reversed()) {
            if (newest.size() >= limit) {
                break;
            }
            newest.add(key);
        }
        return newest;
    }

    @Override
    public String stateName() {
        return "billingKeys";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public synchronized State state() {
        return new State(List.copyOf(kept.values()));
    }

    @Override
    public synchronized void restore(State state) {
        kept.clear();
        state.keys().forEach(this::add);
    }
}
