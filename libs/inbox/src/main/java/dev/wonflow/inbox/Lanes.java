package dev.wonflow.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Lets every partition of a group go its own way: one that waits for a retry, or for its dead letters, is paused alone
 * while the others go on, and a message nobody can read holds up nothing at all.
 *
 * <p>Offsets are committed from here and nowhere else: a message counts as done when its listener has returned, or when
 * the broker has its dead letter. So letters are sent without waiting for each.
 *
 * <p>Called on consumer threads only; a partition of a group belongs to one of them at a time.
 */
final class Lanes {

    private static final Logger log = LoggerFactory.getLogger(Lanes.class);

    /** How far a partition may run ahead of letters that do not arrive. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /**
     * How long partitions that are taken away wait for their letters; what is not known to have arrived comes again.
     */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);

    private final ConcurrentMap<GroupPartition, Lane> lanes = new ConcurrentHashMap<>();
    private final BlockedPartitions blockedPartitions;
    private final DeadLetters deadLetters;
    private final LetterBudget budget;
    private final Duration commitPause;

    /**
     * Lanes of all groups.
     *
     * @param commitPause between two commits of a busy partition: what is not committed when it dies comes again, and
     *     the inbox knows it
     */
    Lanes(BlockedPartitions blockedPartitions, DeadLetters deadLetters, LetterBudget budget, Duration commitPause) {
        this.blockedPartitions = blockedPartitions;
        this.deadLetters = deadLetters;
        this.budget = budget;
        this.commitPause = commitPause;
    }

    /**
     * Looks whether a message may be handled now.
     *
     * @throws HeldBack if its partition waits; the message comes again
     */
    void admit(ConsumerRecord<?, ?> message, Consumer<?, ?> consumer) {
        Lane lane = lane(message, consumer);
        if (!lane.isHeld() && lane.waitsLongerThan(PATIENCE)) {
            settle(lane, consumer);
            if (!lane.isHeld() && lane.waitsLongerThan(PATIENCE)) {
                hold(lane, message.offset(), Duration.ZERO, consumer);
            }
        }
        if (lane.isHeld()) {
            throw new HeldBack();
        }
    }

    /** Whether none of the messages is of a partition that waits for anything, or stands at a message that failed. */
    boolean areCalm(Collection<? extends ConsumerRecord<?, ?>> messages, Consumer<?, ?> consumer) {
        return messages.stream()
                .map(message -> lane(message, consumer))
                .distinct()
                .noneMatch(lane -> lane.isHeld() || lane.first() != null || blockedPartitions.isBlocked(lane.place()));
    }

    /** Notes that a message had its effect. */
    void passed(ConsumerRecord<?, ?> message, Consumer<?, ?> consumer) {
        Lane lane = lane(message, consumer);
        lane.passed(message.offset());
        blockedPartitions.passed(lane.place(), message.offset());
    }

    /** Decides what becomes of a message its listener could not handle. */
    void failed(ConsumerRecord<?, ?> message, Exception thrown, Consumer<?, ?> consumer) {
        Lane lane = lane(message, consumer);
        if (thrown instanceof HeldBack) {
            keepHeld(lane, consumer);
            return;
        }
        Fault fault = Fault.of(thrown);
        blockedPartitions.failed(lane.place(), message.offset(), fault);
        long delay = blockedPartitions.nextDelayMillis(lane.place());
        if (delay == BackOffExecution.STOP) {
            putAway(lane, message, thrown, consumer);
        } else {
            if (fault == Fault.TOO_EARLY) {
                log.warn(
                        "Message {}@{} came too early for {} and is tried again in {}: {}",
                        lane.place().partition(),
                        message.offset(),
                        lane.place().group(),
                        Duration.ofMillis(delay),
                        DeadLetters.causeOf(thrown).getMessage());
            }
            hold(lane, message.offset(), Duration.ofMillis(delay), consumer);
        }
    }

    /**
     * Looks after the partitions of a consumer between two polls: letters that arrived, waits that are over, and, if
     * the last commit is not just past, offsets.
     */
    void tidy(Consumer<?, ?> consumer) {
        String group = groupOf(consumer);
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        boolean mayCommit = false;
        for (TopicPartition partition : consumer.assignment()) {
            Lane lane = lanes.get(new GroupPartition(group, partition));
            if (lane == null) {
                continue;
            }
            settle(lane, consumer);
            if (lane.isDue()) {
                lane.release();
                consumer.resume(List.of(partition));
            }
            OptionalLong offset = lane.uncommitted();
            if (offset.isPresent()) {
                commits.put(partition, new OffsetAndMetadata(offset.getAsLong()));
                mayCommit |= lane.mayCommitAfter(commitPause);
            }
        }
        if (mayCommit) {
            commit(commits, group, consumer);
        }
    }

    /** Whether nothing has to be looked after when the next poll ends. */
    boolean areAtRest(Consumer<?, ?> consumer) {
        String group = groupOf(consumer);
        return consumer.assignment().stream()
                .map(partition -> lanes.get(new GroupPartition(group, partition)))
                .allMatch(lane -> lane == null || lane.isAtRest());
    }

    /** Of how many partitions, of all groups, something is known. */
    int count() {
        return lanes.size();
    }

    /** Finishes with partitions another consumer gets. */
    void revoked(Collection<TopicPartition> partitions, Consumer<?, ?> consumer) {
        String group = groupOf(consumer);
        long end = System.nanoTime() + FAREWELL.toNanos();
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        try {
            for (TopicPartition partition : partitions) {
                Lane lane = lanes.get(new GroupPartition(group, partition));
                if (lane != null) {
                    for (DeadLetter first = lane.first(); first != null && arrives(first, end); first = lane.first()) {
                        noteArrived(lane, first);
                    }
                    lane.uncommitted().ifPresent(offset -> commits.put(partition, new OffsetAndMetadata(offset)));
                }
            }
            commit(commits, group, consumer);
        } finally {
            lost(partitions, consumer);
        }
    }

    /** Forgets partitions another consumer has, or had until now. */
    void lost(Collection<TopicPartition> partitions, Consumer<?, ?> consumer) {
        String group = groupOf(consumer);
        for (TopicPartition partition : partitions) {
            GroupPartition place = new GroupPartition(group, partition);
            Lane lane = lanes.remove(place);
            if (lane != null) {
                lane.halt();
            }
            blockedPartitions.forget(place);
        }
    }

    private void putAway(Lane lane, ConsumerRecord<?, ?> message, Exception thrown, Consumer<?, ?> consumer) {
        DeadLetter first = lane.first();
        if (!lane.hasRoom() && first != null && arrives(first, System.nanoTime() + PATIENCE.toNanos())) {
            settle(lane, consumer);
        }
        if (lane.isHeld()) {
            return;
        }
        if (!lane.add(deadLetters.write(message, lane.place().group(), thrown, lane.halted()), deadLetters)) {
            lane.holdForRoom(message.offset());
            putBack(lane, consumer);
            return;
        }
        if (blockedPartitions.wasRefused(lane.place(), message.offset())) {
            // Whatever follows would only be done again and again while the letter does not arrive.
            hold(lane, message.offset() + 1, Duration.ZERO, consumer);
        }
    }

    /** Takes note of the letters that have arrived; goes back to the first that was refused. */
    private void settle(Lane lane, Consumer<?, ?> consumer) {
        for (DeadLetter first = lane.first(); first != null && first.stored().isDone(); first = lane.first()) {
            if (!first.stored().isCompletedExceptionally()) {
                noteArrived(lane, first);
                continue;
            }
            String why = refusalOf(first);
            blockedPartitions.refused(lane.place(), first.offset(), why);
            Duration delay = Duration.ofMillis(blockedPartitions.nextDelayMillis(lane.place()));
            log.warn(
                    "Dead letter of {}@{} was not taken by {} and is tried again in {}: {}",
                    lane.place().partition(),
                    first.offset(),
                    first.letter().topic(),
                    delay,
                    why);
            lane.halt();
            lane.backTo(first.offset());
            hold(lane, first.offset(), delay, consumer);
        }
    }

    private void noteArrived(Lane lane, DeadLetter letter) {
        lane.arrived(letter);
        blockedPartitions.passed(lane.place(), letter.offset());
        deadLetters.noteStored(letter);
    }

    /** The partition alone is put back and paused, so that no other has to be read again. */
    private static void hold(Lane lane, long offset, Duration delay, Consumer<?, ?> consumer) {
        lane.hold(offset, delay);
        putBack(lane, consumer);
    }

    private static void putBack(Lane lane, Consumer<?, ?> consumer) {
        TopicPartition partition = lane.place().partition();
        consumer.seek(partition, lane.heldAt());
        consumer.pause(List.of(partition));
    }

    /** Puts a held partition back again if someone else has let it run on; its messages would be passed over. */
    private static void keepHeld(Lane lane, Consumer<?, ?> consumer) {
        TopicPartition partition = lane.place().partition();
        if (!lane.isHeld() || !consumer.assignment().contains(partition)) {
            return;
        }
        if (!consumer.paused().contains(partition) || !isAt(lane.heldAt(), partition, consumer)) {
            putBack(lane, consumer);
        }
    }

    private static boolean isAt(long offset, TopicPartition partition, Consumer<?, ?> consumer) {
        try {
            return consumer.position(partition, Duration.ZERO) == offset;
        } catch (org.apache.kafka.common.errors.TimeoutException _) {
            // Not without asking the broker; a partition put back by us would know.
            return false;
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> commits, String group, Consumer<?, ?> consumer) {
        if (commits.isEmpty()) {
            return;
        }
        try {
            commitSync(commits, consumer);
        } catch (CommitFailedException | RetriableException e) {
            // Nothing is lost: they are committed with the next poll, or the messages come again.
            log.warn("Offsets of {} were not committed: {}", group, e.getMessage());
            return;
        }
        commits.forEach((partition, offset) -> {
            Lane lane = lanes.get(new GroupPartition(group, partition));
            if (lane != null) {
                lane.committed(offset.offset());
            }
        });
    }

    private static void commitSync(Map<TopicPartition, OffsetAndMetadata> commits, Consumer<?, ?> consumer) {
        try {
            consumer.commitSync(commits, COMMIT_TIMEOUT);
        } catch (WakeupException _) {
            // Meant for a poll: the listener stops, and this may be the last commit.
            consumer.commitSync(commits, COMMIT_TIMEOUT);
        }
    }

    private Lane lane(ConsumerRecord<?, ?> message, Consumer<?, ?> consumer) {
        TopicPartition partition = new TopicPartition(message.topic(), message.partition());
        return lanes.computeIfAbsent(
                new GroupPartition(groupOf(consumer), partition), place -> new Lane(place, budget));
    }

    private static String groupOf(Consumer<?, ?> consumer) {
        return consumer.groupMetadata().groupId();
    }

    private static boolean arrives(DeadLetter letter, long end) {
        try {
            letter.stored().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | CancellationException | TimeoutException _) {
            return false;
        }
    }

    private static String refusalOf(DeadLetter letter) {
        try {
            letter.stored().join();
            return "";
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return cause instanceof TimeoutException ? "no answer" : String.valueOf(cause.getMessage());
        }
    }

    /** Says that a message's partition waits. Not a failure, so it carries no trace. */
    static final class HeldBack extends RuntimeException {

        private static final long serialVersionUID = 1L;

        HeldBack() {
            super("the partition waits", null, false, false);
        }
    }
}
