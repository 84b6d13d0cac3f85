package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.relay.RelayStand.Event;
import dev.wonflow.relay.RelayStand.Service;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class RelayIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final RelayStand stand = new RelayStand();

    @AfterEach
    void close() {
        stand.close();
    }

    @Test
    void committed_events_are_published_and_rolled_back_ones_never() throws Exception {
        stand.startService();
        List<UUID> committed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            try (Connection connection = stand.database.connect()) {
                connection.setAutoCommit(false);
                List<UUID> ids = stand.append(connection, new Event("a" + i, 1), new Event("b" + i, 1));
                if (i % 2 == 0) {
                    connection.commit();
                    committed.addAll(ids);
                } else {
                    connection.rollback();
                }
            }
        }

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(stand.publishedIds()).containsExactlyInAnyOrderElementsOf(committed));
    }

    @Test
    void an_event_is_a_cloud_event_to_the_sdk() throws Exception {
        stand.startService();
        UUID id = stand.append(new Event("order-1", 7)).getFirst();
        await().atMost(LIMIT).until(() -> stand.published().size() == 1);

        ConsumerRecord<byte[], byte[]> record = stand.published().getFirst();
        CloudEvent event = cloudEvent(record);
        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo(id.toString());
        assertThat(event.getType()).isEqualTo("thing.happened.v1");
        assertThat(event.getSource()).hasToString("/wonflow/relay-test");
        assertThat(event.getSubject()).isEqualTo("order-1");
        assertThat(event.getTime()).isEqualTo(RelayStand.NOON.atOffset(ZoneOffset.UTC));
        assertThat(event.getDataSchema()).hasToString("urn:wonflow:schema:thing.happened.v1");
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtension("sequence")).isEqualTo("7");
        assertThat(event.getExtension("tenantid")).isEqualTo("default");
        assertThat(RelayStand.header(record, "ce_time")).isEqualTo("2026-01-05T03:00:00Z");
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("order-1");
        assertThat(record.value()).asString(StandardCharsets.UTF_8).isEqualTo("{\"말\":\"order-1-7\"}");
    }

    @Test
    void an_event_from_before_the_slot_says_its_time_like_one_from_after_it() throws Exception {
        stand.append(new Event("order-1", 7));
        Service service = stand.startService();
        await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);

        stand.append(new Event("order-1", 8));

        await().atMost(LIMIT).until(() -> stand.published().size() == 2);
        assertThat(stand.published())
                .extracting(record -> RelayStand.header(record, "ce_time"))
                .containsOnly("2026-01-05T03:00:00Z");
    }

    @Test
    void a_transaction_begun_early_and_committed_late_is_not_missed() throws Exception {
        Service service = stand.startService();
        // Making the slot would wait for the transaction below.
        await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);
        List<UUID> ids = new ArrayList<>();
        try (Connection early = stand.database.connect()) {
            early.setAutoCommit(false);
            ids.addAll(stand.append(early, new Event("late", 1)));
            for (int i = 0; i < 50; i++) {
                ids.addAll(stand.append(new Event("k" + i, 1)));
            }
            await().atMost(LIMIT).until(() -> stand.publishedIds().size() == 50);
            early.commit();
        }

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(stand.publishedIds()).containsExactlyInAnyOrderElementsOf(ids));
    }

    @Test
    void what_the_outbox_holds_before_the_first_start_is_published() throws Exception {
        List<UUID> ids = stand.append(new Event("a", 1), new Event("a", 2));

        Service service = stand.startService();

        await().atMost(LIMIT).until(() -> stand.publishedIds().equals(ids));
        assertThat(service.status().incidents).hasValue(0);
    }

    @Test
    void events_confirmed_before_a_stop_are_not_sent_again() throws Exception {
        Service first = stand.startService();
        List<UUID> ids = new ArrayList<>(stand.append(new Event("a", 1)));
        await().atMost(LIMIT).until(() -> stand.publishedIds().size() == 1);
        first.stop();
        ids.addAll(stand.append(new Event("a", 2)));

        stand.startService();

        await().atMost(LIMIT).until(() -> stand.publishedIds().equals(ids));
    }

    @Test
    void a_healthy_relay_says_so() {
        Service service = stand.startService();

        await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);
        await().atMost(LIMIT).until(() -> service.healthStatus().equals(Status.UP));
        assertThat(service.health().getDetails())
                .containsEntry("role", RelayStatus.Role.ACTIVE)
                .containsEntry("slot", stand.slot)
                .containsKeys("slotLagBytes", "heartbeatAge", "oldestUnpublishedAge");
    }

    @SuppressWarnings("try") // The SDK's deserializer declares close, which does nothing.
    private static CloudEvent cloudEvent(ConsumerRecord<byte[], byte[]> record) {
        try (CloudEventDeserializer sdk = new CloudEventDeserializer()) {
            return sdk.deserialize(record.topic(), record.headers(), record.value());
        }
    }
}
