package dev.wonflow.local.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An upstream system: an ordinary Kafka producer that knows nothing of ours but the topic and the contract. */
public final class Upstream implements AutoCloseable {

    public static final String TOPIC = "checkout.requests";

    static final String COMMANDS = "payment.commands";

    private static final long ACK_SECONDS = 15;

    private final KafkaProducer<byte[], byte[]> producer;
    private final JsonMapper json = new JsonMapper();

    /** Creates it; nothing is sent. */
    public Upstream(String bootstrapServers) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Asks for a checkout, as a CloudEvent in binary mode.
     *
     * @param id names the request; a repeated one must have no second effect
     * @param tenant whose order it is to be
     */
    public void request(String id, String tenant, List<Item> items) throws InterruptedException {
        send(
                Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        id,
                        "ce_type",
                        "checkout.requested.v1",
                        "ce_source",
                        "/demo/shop",
                        "ce_tenantid",
                        tenant,
                        "content-type",
                        "application/json"),
                json.writeValueAsBytes(Map.of("currency", "KRW", "items", items)));
    }

    /**
     * Asks for a registered card to be charged.
     *
     * @param id names the message; the charge is named by {@code chargeId}, and repeated it is the same charge
     * @param amount in won
     */
    void charge(String id, String chargeId, String tenant, String billingMethodId, long amount, Instant at)
            throws InterruptedException {
        send(
                COMMANDS,
                tenant,
                Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        id,
                        "ce_type",
                        "payment.charge-requested.v1",
                        "ce_source",
                        "/demo/shop",
                        "content-type",
                        "application/json"),
                json.writeValueAsBytes(Map.of(
                        "chargeId",
                        chargeId,
                        "tenantId",
                        tenant,
                        "billingMethodId",
                        billingMethodId,
                        "orderName",
                        "팀 요금제 1개월",
                        "amount",
                        amount,
                        "currency",
                        "KRW",
                        "requestedAt",
                        at.toString())));
    }

    /** Publishes bytes as they are, and waits until the broker has them. */
    public void send(Map<String, String> headers, byte[] value) throws InterruptedException {
        send(TOPIC, null, headers, value);
    }

    private void send(String topic, @Nullable String key, Map<String, String> headers, byte[] value)
            throws InterruptedException {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value);
        headers.forEach(
                (name, text) -> record.headers().add(new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8))));
        try {
            producer.send(record).get(ACK_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(topic + ": the broker did not take a record", e);
        }
    }

    /**
     * One line of a cart.
     *
     * @param unitPrice in won
     */
    public record Item(String sku, String name, long unitPrice, int quantity) {}

    @Override
    public void close() {
        producer.close();
    }
}
