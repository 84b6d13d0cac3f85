package dev.wonflow.testsupport.planted.clean;

import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A domain class that breaks no rule. */
public final class Mug {

    private static final Logger log = LoggerFactory.getLogger(Mug.class);

    private final Clock clock;

    public Mug(Clock clock) {
        this.clock = clock;
    }

    public Instant filledAt() {
        log.info("Mug filled");
        return clock.instant();
    }
}
