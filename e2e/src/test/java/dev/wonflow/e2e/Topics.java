package dev.wonflow.e2e;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A Kafka client that is not ours: publishes bytes, and reads every topic from its beginning. */
final class Topics implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

    Topics(String bootstrapServers, List<String> topics) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    void publish(String topic, byte[] value) {
        publish(topic, value, Map.of());
    }

    void publish(String topic, byte[] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(topic + ": not published", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Asks for a billing method of the tenant acme to be charged, as who bills its customers does. */
    void requestCharge(UUID charge, String billingMethod, long amount) {
        publish(
                "payment.commands",
                """
                {"chargeId":"%s","tenantId":"%s","billingMethodId":"%s","orderName":"팀 요금제 1개월","amount":%d,
                 "currency":"KRW","requestedAt":"2026-01-05T03:00:00Z"}
                """.formatted(charge, ShopTokens.ACME, billingMethod, amount).getBytes(StandardCharsets.UTF_8),
                Map.of("ce_id", UUID.randomUUID().toString(), "ce_type", "payment.charge-requested.v1"));
    }

    /** Waits for the first record that fits; {@code what} says what was missing if none comes. */
    ConsumerRecord<byte[], byte[]> first(String what, Predicate<ConsumerRecord<byte[], byte[]>> fits) {
        return await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            poll();
                            return seen.stream().filter(fits).findFirst();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    /** What has come so far and fits. */
    List<ConsumerRecord<byte[], byte[]>> all(Predicate<ConsumerRecord<byte[], byte[]>> fits) {
        poll();
        return seen.stream().filter(fits).toList();
    }

    static Predicate<ConsumerRecord<byte[], byte[]>> event(String type, String key) {
        return record -> type.equals(header(record, "ce_type"))
                && record.key() != null
                && key.equals(new String(record.key(), StandardCharsets.UTF_8));
    }

    static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private void poll() {
        consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
