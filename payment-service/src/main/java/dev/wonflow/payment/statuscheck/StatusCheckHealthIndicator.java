package dev.wonflow.payment.statuscheck;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Down when for some time nobody has asked Toss about open payments, or every attempt to has failed; it says which. */
@Component
final class StatusCheckHealthIndicator extends AbstractHealthIndicator {

    /** All workers at once may wait for a question and for a repeated confirm, which takes a minute. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final StatusCheckLoop loop;

    StatusCheckHealthIndicator(StatusCheckLoop loop) {
        super("whether status checks run could not be found out");
        this.loop = loop;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Optional<String> trouble = loop.troubleLongerThan(LIMIT);
        trouble.ifPresentOrElse(what -> health.down().withDetail("trouble", what), health::up);
        health.withDetail("lastLookAt", loop.lastLookAt().toString());
    }
}
