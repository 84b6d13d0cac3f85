package dev.wonflow.inbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the inbox and of what happens to messages that cannot be handled.
 *
 * @param retention age at which a claim, or how far the news of something had come, is forgotten; longer than a message
 *     can stay in a topic and then in its dead letters, or a redelivery would look new
 * @param retentionInterval pause between two runs of the retention job
 * @param retentionBatch most claims deleted by one statement
 * @param maxRetries how often a message is tried again after an unexpected failure before it becomes a dead letter
 * @param retryDelay wait before the first retry; doubles with each further one
 * @param retryMaxDelay longest wait between two retries; shorter than Kafka's {@code max.poll.interval.ms}
 * @param standstillLimit how long a partition may stand at one message before the service reports itself unhealthy
 * @param deadLetterTimeout longest wait for the broker to take a dead letter
 */
@ConfigurationProperties("wonflow.inbox")
record InboxProperties(
        @DefaultValue("45d") Duration retention,
        @DefaultValue("1h") Duration retentionInterval,
        @DefaultValue("5000") int retentionBatch,
        @DefaultValue("5") int maxRetries,
        @DefaultValue("200ms") Duration retryDelay,
        @DefaultValue("30s") Duration retryMaxDelay,
        @DefaultValue("30s") Duration standstillLimit,
        @DefaultValue("15s") Duration deadLetterTimeout) {

    /** Seven days in the topic, then thirty in its dead letters (contracts/topics.json). */
    private static final Duration LONGEST_STAY_IN_KAFKA = Duration.ofDays(37);

    /** Kafka's default {@code max.poll.interval.ms}: a consumer that waits longer loses its partitions. */
    private static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(5);

    InboxProperties {
        if (retention.compareTo(LONGEST_STAY_IN_KAFKA) <= 0) {
            throw new IllegalArgumentException(
                    "wonflow.inbox.retention: " + retention + " (expected: more than " + LONGEST_STAY_IN_KAFKA + ")");
        }
        requirePositive("retention-interval", retentionInterval);
        if (retentionBatch < 1) {
            throw new IllegalArgumentException(
                    "wonflow.inbox.retention-batch: " + retentionBatch + " (expected: 1 or more)");
        }
        if (maxRetries < 0) {
            throw new IllegalArgumentException("wonflow.inbox.max-retries: " + maxRetries + " (expected: 0 or more)");
        }
        requirePositive("retry-delay", retryDelay);
        if (retryMaxDelay.compareTo(retryDelay) < 0 || retryMaxDelay.compareTo(MAX_POLL_INTERVAL) >= 0) {
            throw new IllegalArgumentException("wonflow.inbox.retry-max-delay: " + retryMaxDelay
                    + " (expected: retry-delay or more, less than " + MAX_POLL_INTERVAL + ")");
        }
        requirePositive("standstill-limit", standstillLimit);
        requirePositive("dead-letter-timeout", deadLetterTimeout);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("wonflow.inbox." + name + ": " + value + " (expected: more than 0)");
        }
    }
}
