package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.relay.RelayStand.Service;
import dev.wonflow.testsupport.ReferenceTables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A database of the version before is upgraded while others write, and the version before works on it afterwards. The
 * version before is this relay with the columns it had then.
 */
class RelayUpgradeIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final int FIRST = 1;

    /**
     * What a change of the active instance may repeat: the transactions it cuts in two. Of the outbox it would be all.
     */
    private static final int UNDER_WAY = 30;

    private static final List<String> BEFORE =
            List.of("id", "aggregatetype", "aggregateid", "type", "sequence", "tenant_id", "occurred_at", "payload");

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final RelayStand stand = new RelayStand(FIRST);

    @AfterEach
    void close() {
        stand.close();
    }

    @Test
    void upgrade_under_load_loses_nothing_republishes_nothing_and_is_no_incident() throws Exception {
        Service before = startBefore();
        Set<UUID> committed;
        try (Writers writers = new Writers(stand)) {
            awaitMore(writers);
            ReferenceTables.upgrade(stand.database, "outbox", FIRST);
            // The older copy of the service reads on while the newer one waits for its turn.
            Service after = stand.startService();
            await().atMost(LIMIT).until(() -> after.role() == RelayStatus.Role.STANDBY);
            awaitMore(writers);
            before.stop();
            await().atMost(LIMIT).until(() -> after.role() == RelayStatus.Role.ACTIVE);
            awaitMore(writers);
            appendTraced("traced", 1);
            awaitMore(writers);
            committed = writers.stop();

            assertPublished(committed);
            assertThat(after.status().incidents).hasValue(0);
        }

        assertThat(repeated()).as("repeated").isLessThanOrEqualTo(UNDER_WAY);
        assertThat(tracesOf("traced")).containsExactly(TRACE);
        assertThat(tracesOf("writer-0")).containsOnly("none");
    }

    @Test
    void version_before_goes_on_where_the_new_one_stopped_and_the_other_way_round() throws Exception {
        ReferenceTables.upgrade(stand.database, "outbox", FIRST);
        Set<UUID> committed;
        try (Writers writers = new Writers(stand)) {
            Service after = startActive();
            awaitMore(writers);
            after.stop();
            Service before = startBefore();
            awaitMore(writers);
            assertThat(before.status().incidents).hasValue(0);
            before.stop();
            appendTraced("between", 1);
            Service again = startActive();
            awaitMore(writers);
            committed = writers.stop();

            assertPublished(committed);
            assertThat(again.status().incidents).hasValue(0);
        }

        assertThat(repeated()).as("repeated").isLessThanOrEqualTo(UNDER_WAY);
        assertThat(tracesOf("between")).containsExactly(TRACE);
    }

    @Test
    void version_before_that_knows_no_wider_publication_repeats_and_loses_nothing() throws Exception {
        ReferenceTables.upgrade(stand.database, "outbox", FIRST);
        Service first = startActive();
        Set<UUID> committed;
        try (Writers writers = new Writers(stand)) {
            awaitMore(writers);
            first.stop();
            // What builds from before this table could grow do when they find a publication they do not know.
            stand.database.execute("SELECT pg_drop_replication_slot('" + stand.slot + "')");
            stand.database.execute("DROP PUBLICATION wonflow_outbox");
            Service before = startBefore();
            awaitMore(writers);
            before.stop();
            Service again = startActive();
            appendTraced("traced", 1);
            awaitMore(writers);
            committed = writers.stop();

            assertPublished(committed);
            assertThat(again.status().incidents).hasValue(0);
        }

        assertThat(tracesOf("traced")).containsExactly(TRACE);
    }

    @Test
    void relay_without_its_increment_says_which_migration_is_missing_and_starts_when_it_comes() throws Exception {
        stand.database.execute("ALTER TABLE relay_slot RENAME COLUMN published_beat TO beats");

        Service service = stand.startService(RelayStand.WITHOUT_OUTBOX, RelayStand.columns(BEFORE));

        await().atMost(LIMIT)
                .until(() -> String.valueOf(service.status().lastError())
                        .contains("table relay_slot: no column published_beat (expected: a migration with"
                                + " dev/wonflow/relay/0001__relay.sql)"));
        stand.database.execute("ALTER TABLE relay_slot RENAME COLUMN beats TO published_beat");
        await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);
    }

    private Service startActive() {
        Service service = stand.startService();
        await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);
        return service;
    }

    private Service startBefore() {
        Service service = stand.startService(RelayStand.WITHOUT_OUTBOX, RelayStand.columns(BEFORE));
        await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);
        return service;
    }

    private int repeated() {
        List<UUID> published = stand.publishedIds();
        return published.size() - new HashSet<>(published).size();
    }

    private static void awaitMore(Writers writers) {
        int enough = writers.count() + 200;
        await().atMost(LIMIT).until(() -> writers.count() > enough);
    }

    private void appendTraced(String key, long sequence) {
        stand.database.execute("""
                INSERT INTO outbox
                    (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload, traceparent)
                VALUES (gen_random_uuid(), '%s', '%s', 'thing.happened.v1', %d, 'default', now(), '{}', '%s')
                """.formatted(stand.topic, key, sequence, TRACE));
    }

    private List<String> tracesOf(String key) {
        return stand.published().stream()
                .filter(record -> RelayStand.header(record, "ce_subject").equals(key))
                .map(record -> record.headers().lastHeader("traceparent") == null
                        ? "none"
                        : RelayStand.header(record, "traceparent"))
                .toList();
    }

    private void assertPublished(Set<UUID> committed) throws SQLException {
        Set<UUID> appended = new HashSet<>(stand.appended());
        assertThat(appended).containsAll(committed);
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(new HashSet<>(stand.publishedIds())).isEqualTo(appended));
        assertThat(Writers.outOfOrder(stand.published())).isEmpty();
    }
}
