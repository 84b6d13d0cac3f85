package dev.wonflow.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Results of charges as they come over Kafka. */
@WithRenewals
class ChargeMessagesIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CHARGES = 200;

    private static KafkaProducer<byte[], byte[]> producer;

    private final RenewalWorld world;
    private final MessageListenerContainer listener;

    @Autowired
    ChargeMessagesIT(RenewalWorld world, KafkaListenerEndpointRegistry listeners) {
        this.world = world;
        this.listener = Objects.requireNonNull(listeners.getListenerContainer("subscription-service.charges"));
    }

    @BeforeAll
    static void open_producer() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void close_producer() {
        producer.close();
    }

    @BeforeEach
    void startEmpty() {
        world.startEmpty();
    }

    @AfterEach
    void readOn() {
        listener.start();
    }

    @Test
    void results_of_a_poll_are_settled_together() {
        listener.stop();
        List<RenewalWorld.Asked> asked = askedFor(CHARGES);
        asked.forEach(one -> sendPaid(one, 1));

        listener.start();

        await().atMost(LIMIT).until(() -> world.count("invoice WHERE status = 'PAID'") == CHARGES);
        assertThat(world.count("(SELECT DISTINCT xmin::text FROM invoice) AS transactions"))
                .as("transactions that settled all of them")
                .isLessThanOrEqualTo(CHARGES / 10);
        assertThat(world.count("subscription WHERE plan_expires_at > '2026-02-27'"))
                .isEqualTo(CHARGES);
        assertThat(world.count("outbox WHERE type = 'subscription.renewed.v1'")).isEqualTo(CHARGES);
    }

    @Test
    @Tag("F11")
    void news_that_is_older_than_what_is_known_changes_nothing() {
        RenewalWorld.Asked asked = askedFor(1).getFirst();
        sendPaid(asked, 3);
        await().atMost(LIMIT).until(() -> world.count("invoice WHERE status = 'PAID'") == 1);

        send(asked, "payment.charge-unknown.v1", 2, """
            {"chargeId":"%s","orderId":"chg_1","tenantId":"%s","billingMethodId":"%s","amount":29000,"currency":"KRW",
             "livemode":false,"cause":"TIMEOUT","unknownSince":"2026-01-31T03:00:01Z"}
            """.formatted(asked.id(), asked.tenant(), asked.method()));
        // Of the same partition and behind it, so that it has been passed over when this one is there.
        RenewalWorld.Asked behind = askedFor(1, "behind").getFirst();
        sendPaid(behind, asked.id().toString(), 1);
        await().atMost(LIMIT).until(() -> world.count("invoice WHERE status = 'PAID'") == 2);

        assertThat(world.count("charge_attempt WHERE status = 'PAID'")).isEqualTo(2);
    }

    private List<RenewalWorld.Asked> askedFor(int charges) {
        return askedFor(charges, "tenant");
    }

    private List<RenewalWorld.Asked> askedFor(int charges, String prefix) {
        world.due(RenewalWorld.tenants(charges).stream()
                .map(tenant -> prefix + tenant)
                .toList());
        // A run asks for more as answers come; here all are to be asked for at once.
        world.transaction.executeWithoutResult(_ -> world.billAll());
        return world.asked();
    }

    private void sendPaid(RenewalWorld.Asked asked, long sequence) {
        sendPaid(asked, asked.id().toString(), sequence);
    }

    private void sendPaid(RenewalWorld.Asked asked, String key, long sequence) {
        send(key, "payment.charge-paid.v1", sequence, """
            {"chargeId":"%s","orderId":"chg_%s","tenantId":"%s","billingMethodId":"%s","amount":29000,"currency":"KRW",
             "livemode":false,"paymentId":"%s","paidAt":"2026-01-31T03:00:02Z"}
            """.formatted(
                        asked.id(), asked.id(), asked.tenant(), asked.method(), UUID.randomUUID()));
    }

    private void send(RenewalWorld.Asked asked, String type, long sequence, String body) {
        send(asked.id().toString(), type, sequence, body);
    }

    private static void send(String key, String type, long sequence, String body) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>("payment.events", key.getBytes(UTF_8), body.getBytes(UTF_8));
        message.headers()
                .add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8))
                .add("ce_type", type.getBytes(UTF_8))
                .add("ce_sequence", Long.toString(sequence).getBytes(UTF_8));
        var _ = producer.send(message);
    }
}
