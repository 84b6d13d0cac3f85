package dev.wonflow.local.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows topics from now on with an ordinary consumer, and remembers everything that appears. */
public final class TopicWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final JsonMapper json = new JsonMapper();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Consumer<Seen>> listeners = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile boolean closed;
    private volatile Optional<RuntimeException> broken = Optional.empty();

    private TopicWatch(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.reader = Thread.ofPlatform().daemon().name("topic-watch").unstarted(this::read);
    }

    /** Starts at the present end of the topics; what was there before is not seen. */
    public static TopicWatch start(String bootstrapServers, List<String> topics) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic, START_LIMIT)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // The seek is lazy: without asking for the position, what is published next could come before it.
        partitions.forEach(partition -> consumer.position(partition, START_LIMIT));
        TopicWatch watch = new TopicWatch(consumer);
        watch.reader.start();
        return watch;
    }

    /** Tells a listener of every further record. */
    public void onRecord(Consumer<Seen> listener) {
        listeners.add(listener);
    }

    /** All records so far that match, in the order they were read. */
    public List<Seen> all(Predicate<Seen> matching) {
        return seen.stream().filter(matching).toList();
    }

    /** Waits until that many records match. */
    public Optional<List<Seen>> await(int count, Predicate<Seen> matching, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            List<Seen> found = all(matching);
            if (found.size() >= count) {
                return Optional.of(found);
            }
            if (broken.isPresent()) {
                throw broken.get();
            }
            if (System.nanoTime() > deadline) {
                return Optional.empty();
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                consumer.poll(POLL).forEach(record -> {
                    Seen next = seen(record);
                    seen.add(next);
                    listeners.forEach(listener -> listener.accept(next));
                });
            }
        } catch (WakeupException _) {
            // Closed.
        } catch (RuntimeException e) {
            broken = Optional.of(e);
        }
    }

    private Seen seen(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), text(header.value()));
        }
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return new Seen(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key() == null ? "" : text(record.key()),
                headers,
                new String(value, StandardCharsets.ISO_8859_1),
                parsed(value));
    }

    private JsonNode parsed(byte[] value) {
        try {
            return value.length == 0 ? json.missingNode() : json.readTree(value);
        } catch (JacksonException _) {
            return json.missingNode();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            reader.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
