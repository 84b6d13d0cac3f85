package dev.wonflow.subscription.renewal;

import java.time.Duration;
import java.time.Instant;

/** Who has to know that nothing was charged for a while. */
@FunctionalInterface
public interface RenewalListener {

    /** In the caller's transaction: from now on things are charged again, and for so long nothing was. */
    void resumed(Duration stopped, Instant now);
}
