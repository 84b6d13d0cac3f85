package dev.wonflow.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Partitions that stand still at a message which is being retried: how long to wait, when to give up, and since when.
 *
 * <p>Safe for use by several consumer threads; each partition belongs to one of them at a time.
 */
final class Standstills {

    /** After this much silence the partition has gone to another consumer ({@code max.poll.interval.ms}). */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

    /**
     * One partition at one message.
     *
     * @param unexpected how often handling failed for a reason nobody foresaw
     * @param waits how often we waited for something other than the message
     * @param refused whether the broker did not take the dead letter the last time
     */
    record Standstill(
            TopicPartition partition,
            long offset,
            Fault fault,
            int unexpected,
            int waits,
            boolean refused,
            Instant since,
            Instant last) {}

    private final ConcurrentMap<TopicPartition, Standstill> standstills = new ConcurrentHashMap<>();
    private final InboxProperties properties;
    private final Clock clock;

    Standstills(InboxProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** Notes a failed attempt. */
    void failed(ConsumerRecord<?, ?> message, Fault fault) {
        Instant now = clock.instant();
        int unexpected = fault == Fault.UNEXPECTED ? 1 : 0;
        standstills.merge(
                partitionOf(message),
                new Standstill(partitionOf(message), message.offset(), fault, unexpected, 0, false, now, now),
                (before, first) -> before.offset() != first.offset()
                        ? first
                        : new Standstill(
                                before.partition(),
                                before.offset(),
                                fault,
                                before.unexpected() + unexpected,
                                before.waits(),
                                before.refused(),
                                before.since(),
                                now));
    }

    /** Notes that the broker did not take the dead letter, so the message is still ours. */
    void refused(ConsumerRecord<?, ?> message) {
        standstills.computeIfPresent(partitionOf(message), (_, at) -> withWaits(at, at.waits(), true));
    }

    /** Notes that the partition goes on. */
    void passed(ConsumerRecord<?, ?> message) {
        standstills.remove(partitionOf(message));
    }

    /**
     * How long to wait before the next attempt at the message that failed last.
     *
     * @return milliseconds, or {@link BackOffExecution#STOP} when it is time for the dead letters
     */
    long nextDelayMillis(TopicPartition partition) {
        Standstill at = standstills.get(partition);
        if (at == null) {
            return properties.retryDelay().toMillis();
        }
        if (at.fault() == Fault.SURROUNDINGS || at.refused()) {
            standstills.computeIfPresent(partition, (_, now) -> withWaits(now, now.waits() + 1, false));
            return delayMillis(at.waits());
        }
        if (at.fault() == Fault.UNREADABLE || at.unexpected() > properties.maxRetries()) {
            return BackOffExecution.STOP;
        }
        return delayMillis(at.unexpected() - 1);
    }

    /** The partition that stands still longest, if one does beyond the limit. */
    Optional<Standstill> beyondLimit() {
        Instant now = clock.instant();
        return standstills.values().stream()
                .filter(at -> Duration.between(at.last(), now).compareTo(FORGOTTEN_AFTER) < 0)
                .filter(at -> Duration.between(at.since(), now).compareTo(properties.standstillLimit()) >= 0)
                .min(Comparator.comparing(Standstill::since));
    }

    int count() {
        return standstills.size();
    }

    private long delayMillis(int earlierDelays) {
        long cap = properties.retryMaxDelay().toMillis();
        // Thirty doublings of a millisecond exceed any cap below max.poll.interval.ms; more would overflow.
        long delay = properties.retryDelay().toMillis() << Math.min(earlierDelays, 30);
        return Math.min(delay, cap);
    }

    private static Standstill withWaits(Standstill at, int waits, boolean refused) {
        return new Standstill(
                at.partition(), at.offset(), at.fault(), at.unexpected(), waits, refused, at.since(), at.last());
    }

    private static TopicPartition partitionOf(ConsumerRecord<?, ?> message) {
        return new TopicPartition(message.topic(), message.partition());
    }
}
