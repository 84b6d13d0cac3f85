package dev.wonflow.payment.web;

import dev.wonflow.payment.inquiry.ResolverLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Down when nobody has asked Toss about open payments for longer than any batch may take. */
@Component
final class ResolverHealthIndicator extends AbstractHealthIndicator {

    /** A batch may wait for a question and for a repeated confirm, which takes a minute. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final ResolverLoop loop;
    private final Clock clock;

    ResolverHealthIndicator(ResolverLoop loop, Clock clock) {
        super("the resolver could not be looked at");
        this.loop = loop;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Instant lastRunAt = loop.lastRunAt();
        health.withDetail("lastRunAt", lastRunAt.toString());
        if (Duration.between(lastRunAt, clock.instant()).compareTo(LIMIT) > 0) {
            health.down();
        } else {
            health.up();
        }
    }
}
