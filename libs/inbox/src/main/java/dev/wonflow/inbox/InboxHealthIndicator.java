package dev.wonflow.inbox;

import dev.wonflow.inbox.BlockedPartitions.BlockedPartition;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Down when a listener has stopped although nobody stopped it, or when a partition stands still for too long. */
final class InboxHealthIndicator extends AbstractHealthIndicator {

    private final KafkaListenerEndpointRegistry listeners;
    private final BlockedPartitions blockedPartitions;

    InboxHealthIndicator(KafkaListenerEndpointRegistry listeners, BlockedPartitions blockedPartitions) {
        super("Inbox health could not be determined");
        this.listeners = listeners;
        this.blockedPartitions = blockedPartitions;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<String> stopped = listeners.getListenerContainers().stream()
                .filter(InboxHealthIndicator::isStopped)
                .map(container -> String.valueOf(container.getListenerId()))
                .sorted()
                .toList();
        Optional<BlockedPartition> standstill = blockedPartitions.beyondLimit();
        builder.up().withDetail("listeners", listeners.getListenerContainers().size());
        if (!stopped.isEmpty()) {
            builder.down().withDetail("stopped", stopped);
        }
        standstill.ifPresent(at -> {
            builder.down()
                    .withDetail("standsAt", at.place().partition() + "@" + at.offset())
                    .withDetail("consumer", at.place().group())
                    .withDetail("since", at.since().toString())
                    .withDetail("standstills", blockedPartitions.count());
            if (at.refusal() == null) {
                builder.withDetail("waitsFor", waitsFor(at.fault()));
            } else {
                String topic = at.place().partition().topic() + DeadLetterHeaders.TOPIC_SUFFIX;
                builder.withDetail("waitsFor", "dead-letter topic")
                        .withDetail("refusedBy", topic)
                        .withDetail("refusal", at.refusal())
                        .withDetail("action", "make " + topic + " take the letter; it is tried again by itself");
            }
        });
    }

    private static String waitsFor(Fault fault) {
        return switch (fault) {
            case SURROUNDINGS -> "database or broker";
            case TOO_EARLY -> "what the message needs to be known; the log says what";
            case UNREADABLE, UNEXPECTED -> "next attempt";
        };
    }

    private static boolean isStopped(MessageListenerContainer container) {
        return (container.isAutoStartup() && !container.isRunning()) || !container.isInExpectedState();
    }
}
