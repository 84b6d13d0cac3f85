package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.state.Kept;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** The visits to the billing window and the authKeys they led to, each oldest first; the oldest is forgotten. */
@Component
class BillingAuthorizations implements Kept<BillingAuthorizations.State> {

    private final LinkedHashMap<String, BillingAuthorization> visits = new LinkedHashMap<>();
    private final LinkedHashMap<String, AuthKey> authKeys = new LinkedHashMap<>();
    private final int capacity;

    BillingAuthorizations(BillingSettings settings) {
        this.capacity = settings.capacity();
    }

    /** All visits and authKeys, oldest first. */
    public record State(List<BillingAuthorization> visits, List<AuthKey> authKeys) {

        public State {
            visits = List.copyOf(visits);
            authKeys = List.copyOf(authKeys);
        }
    }

    synchronized void add(BillingAuthorization visit) {
        if (visits.size() >= capacity) {
            visits.pollFirstEntry();
        }
        visits.put(visit.id(), visit);
    }

    synchronized void add(AuthKey authKey) {
        if (authKeys.size() >= capacity) {
            authKeys.pollFirstEntry();
        }
        authKeys.put(authKey.authKey(), authKey);
    }

    synchronized Optional<BillingAuthorization> find(String id) {
        return Optional.ofNullable(visits.get(id));
    }

    /** Takes one step with a visit; no other step happens meanwhile. */
    synchronized Optional<BillingAuthorization> change(String id, UnaryOperator<BillingAuthorization> step) {
        return Optional.ofNullable(visits.computeIfPresent(id, (_, visit) -> step.apply(visit)));
    }

    /** Takes one step with an authKey; no other step happens meanwhile, and what the step throws changes nothing. */
    synchronized Optional<AuthKey> changeAuthKey(String authKey, UnaryOperator<AuthKey> step) {
        return Optional.ofNullable(authKeys.computeIfPresent(authKey, (_, found) -> step.apply(found)));
    }

    @Override
    public String stateName() {
        return "billingAuthorizations";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public synchronized State state() {
        return new State(List.copyOf(visits.values()), List.copyOf(authKeys.values()));
    }

    @Override
    public synchronized void restore(State state) {
        visits.clear();
        authKeys.clear();
        state.visits().forEach(this::add);
        state.authKeys().forEach(this::add);
    }
}
