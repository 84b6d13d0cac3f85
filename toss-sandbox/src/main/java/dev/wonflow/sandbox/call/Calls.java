package dev.wonflow.sandbox.call;

import dev.wonflow.sandbox.state.Kept;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The latest calls, oldest first. */
@Component
public class Calls implements Kept<Calls.State> {

    private final Deque<Call> latest = new ArrayDeque<>();
    private final int capacity;

    Calls(CallSettings settings) {
        this.capacity = settings.capacity();
    }

    public synchronized void add(Call call) {
        if (latest.size() >= capacity) {
            latest.removeFirst();
        }
        latest.addLast(call);
    }

    /** The calls about one order, or all of them. */
    public synchronized List<Call> about(@Nullable String orderId) {
        return latest.stream()
                .filter(call -> orderId == null || orderId.equals(call.orderId()))
                .toList();
    }

    /** The log, oldest first. */
    public record State(List<Call> calls) {}

    @Override
    public String stateName() {
        return "calls";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public synchronized State state() {
        return new State(List.copyOf(latest));
    }

    @Override
    public synchronized void restore(State state) {
        latest.clear();
        state.calls().forEach(this::add);
    }
}
