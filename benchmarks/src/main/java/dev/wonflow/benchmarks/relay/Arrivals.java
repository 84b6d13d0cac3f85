package dev.wonflow.benchmarks.relay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads one topic as a consumer would and notes when each event was in hand. */
final class Arrivals implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Journal journal;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable RuntimeException failure;

    private Arrivals(KafkaConsumer<byte[], byte[]> consumer, Journal journal) {
        this.consumer = consumer;
        this.journal = journal;
        this.thread = Thread.ofPlatform().name("arrivals").start(this::read);
    }

    /** Reads what is sent from now on. */
    static Arrivals start(String bootstrapServers, List<TopicPartition> partitions, Journal journal) {
        var consumer = new KafkaConsumer<byte[], byte[]>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5000));
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy; asking for the position is not.
        partitions.forEach(consumer::position);
        return new Arrivals(consumer, journal);
    }

    /** Waits until {@code events} different events have come, or the limit is over. */
    void await(int events, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (journal.distinct() < events && System.nanoTime() < end && failure == null) {
            LockSupport.parkNanos(2_000_000);
        }
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void read() {
        try (consumer) {
            while (!stopping) {
                var records = consumer.poll(POLL);
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    note(record, now);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record, long now) {
        int number = record.value() == null ? -1 : Events.number(record.value());
        if (number < 0 || record.key() == null || !Events.keyFits(number, record.key())) {
            journal.stranger();
        } else {
            journal.arrived(number, now);
        }
    }

    /** Stops reading; what arrives later is not seen. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
