package dev.wonflow.subscription.renewal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether subscriptions are renewed and declined invoices charged once more.
 *
 * @param reason why it is as it is; 1 to 500 characters
 * @param changedBy operator; null: the service itself
 * @param judgedFrom results from before it are judged no more
 */
public record RenewalSwitch(
        State state, @Nullable String reason, @Nullable String changedBy, Instant changedAt, Instant judgedFrom) {

    /** Stored by name, so renaming a constant needs a migration. */
    public enum State {
        ON,
        /** An operator wants nothing charged. */
        PAUSED,
        /** The {@link Breaker} found too many failures; an operator decides when it goes on. */
        HALTED
    }

    public boolean isOn() {
        return state == State.ON;
    }

    RenewalSwitch paused(String by, String why, Instant now) {
        return new RenewalSwitch(State.PAUSED, why, by, now, judgedFrom);
    }

    RenewalSwitch halted(String why, Instant now) {
        return new RenewalSwitch(State.HALTED, why, null, now, judgedFrom);
    }

    /** What failed before is judged no more, or it would halt at once. */
    RenewalSwitch on(String by, String why, Instant now) {
        return new RenewalSwitch(State.ON, why, by, now, now);
    }
}
