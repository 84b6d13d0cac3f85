package dev.wonflow.subscription.notice.mail;

import dev.wonflow.work.WorkQueue;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down when for some time no mail of a notice could be handed over; it says why. The service is ready all the same. */
final class NoticeMailHealthIndicator extends AbstractHealthIndicator {

    /** Longer than a mail server takes to come back after a restart. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final WorkQueue<?> queue;

    NoticeMailHealthIndicator(WorkQueue<?> queue) {
        super("whether mails are sent could not be found out");
        this.queue = queue;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Optional<String> trouble = queue.troubleLongerThan(LIMIT);
        trouble.ifPresentOrElse(what -> health.down().withDetail("trouble", what), health::up);
    }
}
