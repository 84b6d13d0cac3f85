package dev.wonflow.topics;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down when a topic is missing and cannot be made, or is not as it must be; unknown while Kafka is away. Names the
 * topics that had to be made again.
 */
final class TopicsHealthIndicator extends AbstractHealthIndicator {

    private final TopicWatch watch;

    TopicsHealthIndicator(TopicWatch watch) {
        super("Health of the topics could not be determined");
        this.watch = watch;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        RuntimeException failure = watch.failure();
        if (failure == null) {
            builder.up();
        } else {
            (TopicWatch.isKafkaAway(failure) ? builder.unknown() : builder.down())
                    .withDetail("finding", String.valueOf(failure.getMessage()));
        }
        if (!watch.remade().isEmpty()) {
            builder.withDetail("madeAgain", watch.remade());
        }
    }
}
