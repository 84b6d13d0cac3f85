package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.relay.RelayStand.Event;
import dev.wonflow.relay.RelayStand.Service;
import dev.wonflow.testsupport.server.TcpGate;
import dev.wonflow.testsupport.server.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

@Tag("F9")
class RelayFaultsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final RelayStand stand = new RelayStand();

    @AfterEach
    void close() {
        stand.close();
    }

    @Test
    void nothing_is_lost_when_postgresql_ends_the_connection_again_and_again() throws Exception {
        Service service = startActive();
        Set<UUID> committed;
        try (Writers writers = new Writers(stand)) {
            for (int i = 1; i <= 3; i++) {
                int enough = i * 200;
                await().atMost(LIMIT).until(() -> writers.count() > enough);
                stand.database.execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                        + " WHERE slot_name = '" + stand.slot + "' AND active");
                int restarts = i;
                await().atMost(LIMIT)
                        .until(() -> service.status().restarts.get() >= restarts
                                && service.role() == RelayStatus.Role.ACTIVE);
            }
            committed = writers.stop();
        }

        assertAllPublished(committed);
        assertThat(service.status().incidents).hasValue(0);
    }

    @Test
    void while_kafka_refuses_the_relay_says_so_and_then_goes_on_in_order() throws Exception {
        Service service = startActive();
        acceptMessagesUpTo(1);
        Set<UUID> committed;
        try (Writers writers = new Writers(stand)) {
            await().atMost(LIMIT).until(() -> service.healthStatus().equals(Status.DOWN));
            assertThat(service.status().oldestUnpublishedAge(Duration.ofSeconds(1)))
                    .isGreaterThan(Duration.ofSeconds(1));
            assertThat(service.status().restarts.get()).isPositive();
            acceptMessagesUpTo(1_000_000);
            committed = writers.stop();
        }

        assertAllPublished(committed);
        await().atMost(LIMIT).until(() -> service.healthStatus().equals(Status.UP));
    }

    @Test
    void kafka_unreachable_at_the_start_delays_events_and_loses_none() throws Exception {
        TcpGate.Closed closed = TcpGate.closed();
        stand.useKafkaAt("127.0.0.1:" + closed.port());
        Service service = stand.startService();
        List<UUID> ids = new ArrayList<>(stand.append(new Event("a", 1), new Event("a", 2)));
        await().atMost(LIMIT).until(() -> service.status().restarts.get() > 0);
        assertThat(service.health().getDetails()).containsKey("lastError");

        try (TcpGate gate = closed.open(TestServers.kafka().bootstrapServers())) {
            await().atMost(LIMIT).until(() -> new HashSet<>(stand.publishedIds()).containsAll(ids));
            assertThat(gate.connections()).isPositive();
            assertThat(service.status().incidents).hasValue(0);
        }
    }

    @Test
    void an_event_that_cannot_be_sent_holds_back_all_behind_it_until_it_can() throws Exception {
        Service service = startActive();
        String missing = stand.topic + ".late";
        stand.database.execute("""
                INSERT INTO outbox (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload)
                VALUES (gen_random_uuid(), '%s', 'k', 'thing.happened.v1', 1, 'default', now(), '{}')
                """.formatted(missing));
        List<UUID> later = stand.append(new Event("a", 1));
        await().atMost(LIMIT).until(() -> service.status().restarts.get() > 0);
        await().atMost(LIMIT).until(() -> service.healthStatus().equals(Status.DOWN));
        assertThat(stand.publishedIds()).isEmpty();

        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(missing, 1, (short) 1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }

        await().atMost(LIMIT).until(() -> new HashSet<>(stand.publishedIds()).containsAll(later));
        await().atMost(LIMIT).until(() -> service.healthStatus().equals(Status.UP));
    }

    @Test
    void a_slot_dropped_while_the_service_was_down_is_an_incident_and_nothing_is_missed() throws Exception {
        List<UUID> ids = publishOneAndStop();
        stand.dropSlot();
        ids.addAll(stand.append(new Event("a", 2), new Event("a", 3)));

        Service service = startActive();

        assertAllPublished(new HashSet<>(ids));
        assertThat(service.status().incidents).hasValue(1);
        assertThat(service.status().lastIncident()).contains("vanished");
        assertThat(stand.query("SELECT published_lsn >= created_lsn FROM relay_slot"))
                .isEqualTo("t");
    }

    @Test
    void a_slot_made_anew_by_someone_else_is_noticed_and_nothing_is_missed() throws Exception {
        List<UUID> ids = publishOneAndStop();
        stand.dropSlot();
        ids.addAll(stand.append(new Event("a", 2)));
        stand.database.execute("SELECT pg_create_logical_replication_slot('" + stand.slot + "', 'pgoutput')");
        ids.addAll(stand.append(new Event("a", 3)));

        Service service = startActive();

        assertAllPublished(new HashSet<>(ids));
        assertThat(service.status().lastIncident()).contains("someone else moved it or made it anew");
    }

    /**
     * PostgreSQL lets a new slot wait twice for transactions under way. The snapshot it then exports shows what was
     * committed in between, although it calls a lower transaction id the next one.
     */
    @Test
    void a_slot_made_anew_misses_nothing_that_was_committed_while_it_waited_for_others() throws Exception {
        List<UUID> ids = publishOneAndStop();
        stand.dropSlot();
        try (Connection first = stand.database.connect();
                Connection second = stand.database.connect();
                Connection third = stand.database.connect()) {
            ids.addAll(appendOpen(first, "first"));
            Service service = stand.startService();
            awaitSomeoneWaitingFor(first);
            ids.addAll(appendOpen(second, "second"));
            ids.addAll(stand.append(new Event("between", 1)));
            first.commit();
            awaitSomeoneWaitingFor(second);
            ids.addAll(appendOpen(third, "third"));
            second.commit();
            await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);
            third.commit();
        }

        assertAllPublished(new HashSet<>(ids));
    }

    private List<UUID> appendOpen(Connection connection, String key) throws SQLException {
        connection.setAutoCommit(false);
        return stand.append(connection, new Event(key, 1));
    }

    private void awaitSomeoneWaitingFor(Connection connection) throws SQLException {
        String transaction;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_xact_id()::xid::text")) {
            row.next();
            transaction = row.getString(1);
        }
        await().atMost(LIMIT)
                .until(
                        () -> stand.query(
                                "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted"
                                        + " AND transactionid::text = '" + transaction + "'"),
                        "1"::equals);
    }

    @Test
    void a_slot_moved_forward_by_someone_else_is_noticed_and_nothing_is_missed() throws Exception {
        List<UUID> ids = publishOneAndStop();
        ids.addAll(stand.append(new Event("a", 2)));
        stand.database.execute("SELECT pg_replication_slot_advance('" + stand.slot + "', pg_current_wal_lsn())");

        Service service = startActive();

        assertAllPublished(new HashSet<>(ids));
        assertThat(service.status().lastIncident()).contains("someone else moved it");
    }

    @Test
    void a_publication_that_was_away_for_a_while_is_noticed_and_nothing_is_missed() throws Exception {
        Service service = startActive();
        List<UUID> ids = new ArrayList<>(stand.append(new Event("a", 1)));
        await().atMost(LIMIT).until(() -> stand.publishedIds().size() == 1);
        stand.database.execute("ALTER PUBLICATION wonflow_outbox SET TABLE relay_slot");
        ids.addAll(stand.append(new Event("a", 2)));
        String beats = stand.query("SELECT beat FROM relay_heartbeat");
        await().atMost(LIMIT)
                .until(() -> !stand.query("SELECT beat FROM relay_heartbeat").equals(beats));
        stand.database.execute("ALTER PUBLICATION wonflow_outbox SET TABLE outbox ("
                + String.join(", ", OutboxRow.COLUMNS) + "), relay_heartbeat");
        ids.addAll(stand.append(new Event("a", 3)));

        // Not in order: the third event is through before the next heartbeat shows that the second is missing.
        await().atMost(LIMIT).until(() -> new HashSet<>(stand.publishedIds()).equals(new HashSet<>(ids)));
        assertThat(service.status().incidents).hasValue(1);
    }

    @Test
    void a_row_written_under_a_savepoint_of_an_unfinished_transaction_is_republished() throws Exception {
        Service first = startActive();
        List<UUID> ids = new ArrayList<>();
        try (Connection unfinished = stand.database.connect()) {
            unfinished.setAutoCommit(false);
            ids.addAll(stand.append(unfinished, new Event("nested", 1)));
            unfinished.setSavepoint();
            ids.addAll(stand.append(unfinished, new Event("nested", 2)));
            ids.addAll(stand.append(new Event("a", 1)));
            String beats = stand.query("SELECT published_beat FROM relay_slot");
            await().atMost(LIMIT)
                    .until(() -> !stand.query("SELECT published_beat FROM relay_slot")
                            .equals(beats));
            first.stop();
            unfinished.commit();
        }
        stand.dropSlot();

        startActive();

        assertAllPublished(new HashSet<>(ids));
    }

    @Test
    void transactions_running_while_the_slot_is_made_anew_are_not_missed() throws Exception {
        publishOneAndStop();
        stand.dropSlot();
        Set<UUID> committed;
        try (Writers writers = new Writers(stand)) {
            await().atMost(LIMIT).until(() -> writers.count() > 200);
            startActive();
            int more = writers.count() + 200;
            await().atMost(LIMIT).until(() -> writers.count() > more);
            committed = writers.stop();
        }

        assertThatPublishedContains(committed);
    }

    @Test
    void a_second_instance_stands_by_and_takes_over() throws Exception {
        Service first = startActive();
        Service second = stand.startService();
        await().atMost(LIMIT).until(() -> second.role() == RelayStatus.Role.STANDBY);
        assertThat(second.healthStatus()).isEqualTo(Status.UP);
        Set<UUID> committed;
        try (Writers writers = new Writers(stand)) {
            await().atMost(LIMIT).until(() -> writers.count() > 200);

            first.stop();

            await().atMost(LIMIT).until(() -> second.role() == RelayStatus.Role.ACTIVE);
            int more = writers.count() + 200;
            await().atMost(LIMIT).until(() -> writers.count() > more);
            committed = writers.stop();
        }

        assertAllPublished(committed);
        assertThat(second.status().restarts).hasValue(0);
        assertThat(second.status().incidents).hasValue(0);
    }

    private Service startActive() {
        Service service = stand.startService();
        await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);
        return service;
    }

    private List<UUID> publishOneAndStop() throws Exception {
        Service service = startActive();
        List<UUID> ids = new ArrayList<>(stand.append(new Event("a", 1)));
        await().atMost(LIMIT).until(() -> stand.publishedIds().size() == 1);
        service.stop();
        return ids;
    }

    private void assertAllPublished(Set<UUID> committed) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(new HashSet<>(stand.publishedIds())).isEqualTo(committed));
        assertThat(Writers.outOfOrder(stand.published())).isEmpty();
    }

    private void assertThatPublishedContains(Set<UUID> committed) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(new HashSet<>(stand.publishedIds())).containsAll(committed));
        assertThat(Writers.outOfOrder(stand.published())).isEmpty();
    }

    private void acceptMessagesUpTo(int bytes) {
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, stand.topic),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()));
    }
}
