package dev.wonflow.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares how far groups have read topics with how far those go. Every copy of a service sees the same, whichever
 * partitions it has. Connects with the first question.
 */
public final class Backlogs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Backlogs.class);

    private static final Duration KEPT_FOR = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Object> settings;
    private @Nullable Admin admin;
    private boolean closed;

    Backlogs(Map<String, Object> clientSettings) {
        this.settings = new HashMap<>(clientSettings);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    }

    public Backlog of(String topic, String group) {
        return new Backlog(topic, group);
    }

    private synchronized Admin connected() {
        if (closed) {
            throw new KafkaException("closed (expected: no question after the end)");
        }
        Admin opened = admin;
        if (opened == null) {
            opened = Admin.create(settings);
            admin = opened;
        }
        return opened;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    /**
     * What a group has not read of a topic. One caller asks the broker at a time; who waits meanwhile shares an answer
     * that was asked for after its own question. That something is unread is believed for a second.
     */
    public final class Backlog {

        private final String topic;
        private final String group;
        private final ReentrantLock turn = new ReentrantLock();
        private volatile @Nullable Look latest;

        private Backlog(String topic, String group) {
            this.topic = topic;
            this.group = group;
        }

        /**
         * Whether the group may have something to read; also {@code true} when the broker does not say. {@code false}
         * means that it had read, after this was asked, all there was. May wait for the broker, so not for use within a
         * transaction.
         */
        public boolean mayHoldUnread() {
            long asked = System.nanoTime();
            Look look = latest;
            return (look != null && look.answers(asked)) ? look.unread() : lookInTurn(asked);
        }

        private boolean lookInTurn(long asked) {
            turn.lock();
            try {
                Look look = latest;
                if (look == null || !look.answers(asked)) {
                    long begun = System.nanoTime();
                    look = new Look(look(), begun);
                    latest = look;
                }
                return look.unread();
            } finally {
                turn.unlock();
            }
        }

        private boolean look() {
            try {
                Collection<TopicPartition> partitions = partitions();
                Map<TopicPartition, OffsetAndMetadata> read =
                        await(connected().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
                Map<TopicPartition, Long> oldest = offsets(partitions, OffsetSpec.earliest());
                Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
                return partitions.stream().anyMatch(partition -> {
                    OffsetAndMetadata offset = read.get(partition);
                    // Reading begins with the oldest record there is, and what is gone cannot be read.
                    long first = oldest.getOrDefault(partition, 0L);
                    long next = offset == null ? first : Math.max(first, offset.offset());
                    return next < ends.getOrDefault(partition, 0L);
                });
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                log.warn("Nobody can tell how much of {} is unread: {}", topic, String.valueOf(e.getMessage()));
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        private Collection<TopicPartition> partitions()
                throws ExecutionException, InterruptedException, TimeoutException {
            return await(connected().describeTopics(List.of(topic)).allTopicNames()).values().stream()
                    .flatMap(found -> found.partitions().stream()
                            .map(partition -> new TopicPartition(found.name(), partition.partition())))
                    .toList();
        }

        private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
                throws ExecutionException, InterruptedException, TimeoutException {
            return await(connected()
                            .listOffsets(
                                    partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> which)))
                            .all())
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, found -> found.getValue().offset()));
        }
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Look(boolean unread, long begun) {

        /** Whether it may answer what was asked then. */
        boolean answers(long asked) {
            return unread ? asked - begun < KEPT_FOR.toNanos() : begun - asked >= 0;
        }
    }
}
