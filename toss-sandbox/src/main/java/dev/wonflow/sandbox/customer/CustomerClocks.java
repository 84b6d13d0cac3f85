package dev.wonflow.sandbox.customer;

import dev.wonflow.sandbox.state.Kept;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Times of customers that are ahead of the sandbox's, so that years of one of them can be tried while all others stay.
 * What is charged to a billing key of such a customer, and given back of it, is dated by it. Safe for use by many
 * threads.
 */
@Component
public final class CustomerClocks implements Kept<CustomerClocks.State> {

    /** More than any plan, and far from where dates stop being dates. */
    public static final Duration FARTHEST = Duration.ofDays(3_660);

    private final Map<String, Duration> aheadOf = new ConcurrentHashMap<>();
    private final Clock clock;

    CustomerClocks(Clock clock) {
        this.clock = clock;
    }

    /** How many milliseconds customers are ahead, by customer key. */
    public record State(Map<String, Long> aheadMillis) {

        public State {
            aheadMillis = Map.copyOf(aheadMillis);
        }
    }

    /**
     * The time of a customer.
     *
     * @param customerKey null for nobody in particular
     */
    public Instant now(@Nullable String customerKey) {
        Instant now = clock.instant();
        return customerKey == null ? now : now.plus(ahead(customerKey));
    }

    /** How far a customer is ahead of the sandbox. */
    public Duration ahead(String customerKey) {
        return aheadOf.getOrDefault(customerKey, Duration.ZERO);
    }

    /**
     * Says how far ahead of the sandbox a customer is from now on, to the millisecond; saying it twice is harmless.
     *
     * @param ahead zero to let the customer be as all others
     * @throws IllegalArgumentException if it is behind the sandbox, or farther than {@link #FARTHEST}
     */
    public void moveTo(String customerKey, Duration ahead) {
        if (ahead.isNegative() || ahead.compareTo(FARTHEST) > 0) {
            throw new IllegalArgumentException("ahead: " + ahead + " (expected: PT0S to " + FARTHEST + ")");
        }
        if (ahead.isZero()) {
            aheadOf.remove(customerKey);
        } else {
            aheadOf.put(customerKey, Duration.ofMillis(ahead.toMillis()));
        }
    }

    @Override
    public String stateName() {
        return "customerClocks";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public State state() {
        Map<String, Long> millis = new ConcurrentHashMap<>();
        aheadOf.forEach((customer, ahead) -> millis.put(customer, ahead.toMillis()));
        return new State(millis);
    }

    @Override
    public void restore(State state) {
        aheadOf.clear();
        state.aheadMillis().forEach((customer, millis) -> aheadOf.put(customer, Duration.ofMillis(millis)));
    }
}
