package dev.wonflow.sandbox.sdk;

import dev.wonflow.sandbox.state.Kept;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How windows were opened. Only for as long as a window can be open, so few are kept and the oldest is forgotten. */
@Component
public class Openings implements Kept<Openings.State> {

    /** Far more windows than people open in the 30 minutes a window lives; about 200 bytes each. */
    private static final int CAPACITY = 5_000;

    private final Map<String, Opening> byWindow = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Opening> eldest) {
            return size() > CAPACITY;
        }
    };

    /** Everything kept, oldest first. */
    public record State(List<Opening> openings) {}

    public synchronized void add(Opening opening) {
        byWindow.put(opening.window(), opening);
    }

    /** How a window was opened; one nobody remembers was opened without the script. */
    public synchronized Opening of(String window) {
        Opening known = byWindow.get(window);
        return known == null ? Opening.withoutScript(window) : known;
    }

    @Override
    public String stateName() {
        return "openings";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public synchronized State state() {
        return new State(List.copyOf(byWindow.values()));
    }

    @Override
    public synchronized void restore(State state) {
        byWindow.clear();
        state.openings().forEach(this::add);
    }
}
