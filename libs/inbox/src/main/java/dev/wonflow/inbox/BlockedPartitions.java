package dev.wonflow.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Partitions that stand still at a message which is being retried: how long to wait, when to give up, and since when.
 * Each consumer group stands for itself.
 *
 * <p>Safe for use by several consumer threads; each partition of a group belongs to one of them at a time.
 */
final class BlockedPartitions {

    /**
     * One partition at one message.
     *
     * @param unexpected how often handling failed for a reason nobody foresaw
     * @param waits how often we waited for something other than the message
     * @param refusal why the broker did not take the dead letter the last time, if it did not
     * @param waited whether the wait after that refusal has begun
     */
    record BlockedPartition(
            GroupPartition place,
            long offset,
            Fault fault,
            int unexpected,
            int waits,
            @Nullable String refusal,
            boolean waited,
            Instant since) {}

    private final ConcurrentMap<GroupPartition, BlockedPartition> byPlace = new ConcurrentHashMap<>();
    private final InboxProperties properties;
    private final Clock clock;

    BlockedPartitions(InboxProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** Notes a failed attempt. */
    void failed(GroupPartition place, long offset, Fault fault) {
        int unexpected = fault == Fault.UNEXPECTED ? 1 : 0;
        BlockedPartition first =
                new BlockedPartition(place, offset, fault, unexpected, 0, null, false, clock.instant());
        byPlace.merge(
                place,
                first,
                (before, _) -> before.offset() != offset
                        ? first
                        : new BlockedPartition(
                                place,
                                offset,
                                fault,
                                before.unexpected() + unexpected,
                                before.waits(),
                                before.refusal(),
                                before.waited(),
                                before.since()));
    }

    /** Notes that the broker did not take the dead letter, so the message is still ours. */
    void refused(GroupPartition place, long offset, String why) {
        byPlace.compute(
                place,
                (_, at) -> at == null || at.offset() != offset
                        ? new BlockedPartition(place, offset, Fault.UNREADABLE, 0, 0, why, false, clock.instant())
                        : new BlockedPartition(
                                place, offset, at.fault(), at.unexpected(), at.waits(), why, false, at.since()));
    }

    boolean isBlocked(GroupPartition place) {
        return byPlace.containsKey(place);
    }

    /** Whether the message's dead letter was refused before. */
    boolean wasRefused(GroupPartition place, long offset) {
        BlockedPartition at = byPlace.get(place);
        return at != null && at.offset() == offset && at.refusal() != null;
    }

    /** Notes that the group is done with a message, and with all before it. */
    void passed(GroupPartition place, long offset) {
        byPlace.computeIfPresent(place, (_, at) -> at.offset() <= offset ? null : at);
    }

    /** Notes that the partition has gone to another consumer. */
    void forget(GroupPartition place) {
        byPlace.remove(place);
    }

    /**
     * How long to wait before the next attempt at the message that failed last.
     *
     * @return milliseconds, or {@link BackOffExecution#STOP} when it is time for the dead letters
     */
    long nextDelayMillis(GroupPartition place) {
        BlockedPartition at = byPlace.get(place);
        if (at == null) {
            return properties.retryDelay().toMillis();
        }
        boolean refusedJustNow = at.refusal() != null && !at.waited();
        if (at.fault() == Fault.SURROUNDINGS || at.fault() == Fault.TOO_EARLY || refusedJustNow) {
            byPlace.computeIfPresent(
                    place,
                    (_, now) -> new BlockedPartition(
                            place,
                            now.offset(),
                            now.fault(),
                            now.unexpected(),
                            now.waits() + 1,
                            now.refusal(),
                            true,
                            now.since()));
            return delayMillis(at.waits());
        }
        if (at.fault() == Fault.UNREADABLE || at.unexpected() > properties.maxRetries()) {
            return BackOffExecution.STOP;
        }
        return delayMillis(at.unexpected() - 1);
    }

    /** The partition that stands still longest, if one does beyond the limit. */
    Optional<BlockedPartition> beyondLimit() {
        Instant now = clock.instant();
        return byPlace.values().stream()
                .filter(at -> Duration.between(at.since(), now).compareTo(properties.standstillLimit()) >= 0)
                .min(Comparator.comparing(BlockedPartition::since));
    }

    int count() {
        return byPlace.size();
    }

    private long delayMillis(int earlierDelays) {
        long cap = properties.retryMaxDelay().toMillis();
        // Thirty doublings of a millisecond exceed any cap below max.poll.interval.ms; more would overflow.
        long delay = properties.retryDelay().toMillis() << Math.min(earlierDelays, 30);
        return Math.min(delay, cap);
    }
}
