package dev.wonflow.relay;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.relay.RelayStand.Service;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A database of the version before is upgraded while others write, and the version before works on it afterwards. The
 * version before is this relay with the columns it had then.
 */
class RelayUpgradeIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** As many lost events are told one by one. */
    private static final int FEW = 20;

    private static final List<String> BEFORE =
            List.of("id", "aggregatetype", "aggregateid", "type", "sequence", "tenant_id", "occurred_at", "payload");

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /** No copy of the version before will be started any more. */
    private static final String COLUMN_COMES = "wonflow.outbox.traceparent-column=always";

    /** What the version before asks at its start; anything else than its own columns, and it does not start. */
    private static final String OUTBOX_COLUMNS = """
        SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = to_regclass('outbox') AND attnum > 0 AND NOT attisdropped
        """;

    /** What it asks for its publication, by all of its columns; nothing, and it makes publication and slot anew. */
    private static final String EXACT_PUBLICATION = """
        SELECT p.oid || '.' || p.xmin || ' ' || string_agg(r.oid || '.' || r.xmin, ' ' ORDER BY r.oid)
        FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid
        WHERE p.pubname = 'wonflow_outbox' AND NOT p.puballtables AND p.pubviaroot
          AND p.pubinsert AND p.pubupdate AND NOT p.pubdelete AND NOT p.pubtruncate
        GROUP BY p.oid, p.xmin
        HAVING array_agg(r.prrelid ORDER BY r.prrelid) = (SELECT array_agg(oid ORDER BY oid) FROM pg_class
                   WHERE oid IN (to_regclass('outbox')::oid, to_regclass('relay_heartbeat')::oid))
           AND count(r.prqual) = 0
           AND bool_and(r.prattrs::text IS NOT DISTINCT FROM (SELECT string_agg(attnum::text, ' ' ORDER BY attnum)
                   FROM pg_attribute WHERE r.prrelid = to_regclass('outbox') AND attrelid = r.prrelid
                     AND attname = ANY (string_to_array('%s', ', '))))
        """.formatted(String.join(", ", BEFORE));

    private final RelayStand stand = new RelayStand();

    @AfterEach
    void close() {
        stand.close();
    }

    @Test
    void upgrade_leaves_what_the_version_before_demands_so_it_goes_on_with_the_same_slot() throws Exception {
        Service before = startBefore();
        String publication = stand.query(EXACT_PUBLICATION);
        Set<UUID> committed;
        try (Writers writers = new Writers(stand)) {
            awaitMore(writers);
            Service after = stand.startService();
            await().atMost(LIMIT).until(() -> after.role() == RelayStatus.Role.STANDBY);
            before.stop();
            await().atMost(LIMIT).until(() -> after.role() == RelayStatus.Role.ACTIVE);
            awaitMore(writers);
            assertThat(after.status().incidents).hasValue(0);
            assertLeftAsTheVersionBeforeDemands(publication);
            after.stop();
            Service again = startBefore();
            awaitMore(writers);
            committed = writers.stop();

            assertPublished(committed, again);
            assertThat(again.status().incidents).hasValue(0);
            assertThat(again.status().eventsRepublished.sum()).isZero();
        }

        assertLeftAsTheVersionBeforeDemands(publication);
    }

    private void assertLeftAsTheVersionBeforeDemands(String publication) throws SQLException {
        assertThat(stand.query(OUTBOX_COLUMNS)).isEqualTo(String.join(", ", BEFORE) + ", appended_at");
        assertThat(publication).isNotEqualTo("nothing");
        assertThat(stand.query(EXACT_PUBLICATION)).isEqualTo(publication);
        assertThat(stand.query("SELECT publication_identity FROM relay_slot")).isEqualTo(publication);
    }

    @Test
    void column_comes_when_the_version_before_is_given_up_and_nothing_is_republished() throws Exception {
        startBefore().stop();
        Set<UUID> committed;
        try (Writers writers = new Writers(stand)) {
            Service after = startActive();
            awaitMore(writers);
            // The next copy adds the column at its start, while this one goes on without.
            Service complete = stand.startService(COLUMN_COMES);
            await().atMost(LIMIT).until(() -> complete.role() == RelayStatus.Role.STANDBY);
            assertThat(stand.query(OUTBOX_COLUMNS)).endsWith(", traceparent");
            awaitMore(writers);
            after.stop();
            await().atMost(LIMIT).until(() -> complete.role() == RelayStatus.Role.ACTIVE);
            appendTraced("traced", 1);
            awaitMore(writers);
            committed = writers.stop();

            assertPublished(committed, complete);
            assertThat(complete.status().incidents).hasValue(0);
            assertThat(complete.status().eventsRepublished.sum()).isZero();
        }

        assertThat(tracesOf("traced")).containsExactly(TRACE);
    }

    @Test
    void upgrade_under_load_loses_nothing_republishes_nothing_and_is_no_incident() throws Exception {
        Service before = startBefore();
        Set<UUID> committed;
        try (Writers writers = new Writers(stand)) {
            awaitMore(writers);
            // The older copy of the service reads on while the newer one waits for its turn.
            Service after = stand.startService(COLUMN_COMES);
            await().atMost(LIMIT).until(() -> after.role() == RelayStatus.Role.STANDBY);
            awaitMore(writers);
            before.stop();
            await().atMost(LIMIT).until(() -> after.role() == RelayStatus.Role.ACTIVE);
            awaitMore(writers);
            appendTraced("traced", 1);
            awaitMore(writers);
            committed = writers.stop();

            assertPublished(committed, after);
            assertThat(after.status().incidents).hasValue(0);
            assertThat(after.status().eventsRepublished.sum()).isZero();
        }

        assertThat(tracesOf("traced")).containsExactly(TRACE);
        assertThat(tracesOf("writer-0")).containsOnly("none");
    }

    @Test
    void version_before_goes_on_where_the_new_one_stopped_and_the_other_way_round() throws Exception {
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
            Service again = startActive(COLUMN_COMES);
            awaitMore(writers);
            committed = writers.stop();

            assertPublished(committed, again);
            assertThat(again.status().incidents).hasValue(0);
            assertThat(again.status().eventsRepublished.sum()).isZero();
        }

        assertThat(tracesOf("between")).containsExactly(TRACE);
    }

    @Test
    void version_before_that_knows_no_wider_publication_repeats_and_loses_nothing() throws Exception {
        Service first = startActive();
        Set<UUID> committed;
        try (Writers writers = new Writers(stand)) {
            awaitMore(writers);
            first.stop();
            // What builds from before this table could grow do when they find a publication they do not know.
            stand.dropSlot();
            stand.database.execute("DROP PUBLICATION wonflow_outbox");
            Service before = startBefore();
            awaitMore(writers);
            before.stop();
            Service again = startActive();
            appendTraced("traced", 1);
            awaitMore(writers);
            committed = writers.stop();

            assertPublished(committed, again);
            assertThat(again.status().incidents).hasValue(0);
            assertThat(again.status().eventsRepublished.sum()).isZero();
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

    /** As started on a new database, or with {@link #COLUMN_COMES}. */
    private Service startActive(String... settings) {
        Service service = stand.startService(settings);
        await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);
        return service;
    }

    private Service startBefore() {
        Service service = stand.startService(RelayStand.WITHOUT_OUTBOX, RelayStand.columns(BEFORE));
        await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);
        return service;
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

    private void assertPublished(Set<UUID> committed, Service relaying) throws SQLException {
        Set<UUID> appended = new HashSet<>(stand.appended());
        assertThat(appended).containsAll(committed);
        Left left = left(appended, relaying);
        // A slow machine may take its time, as long as more and more comes.
        while (!left.unpublished().isEmpty()) {
            int last = left.unpublished().size();
            left = await("more of the " + last + " events that are left")
                    .atMost(LIMIT)
                    .until(
                            () -> left(appended, relaying),
                            now -> now.unpublished().size() < last);
        }
        assertThat(new HashSet<>(stand.publishedIds())).isEqualTo(appended);
        assertThat(Writers.outOfOrder(stand.published())).isEmpty();
    }

    private Left left(Set<UUID> appended, Service relaying) throws SQLException {
        Set<UUID> unpublished = new HashSet<>(appended);
        unpublished.removeAll(new HashSet<>(stand.publishedIds()));
        RelayStatus status = relaying.status();
        return new Left(
                unpublished,
                status.role(),
                status.eventsSent.sum(),
                status.lastError(),
                stand.query(
                        "SELECT concat(active, ' ', restart_lsn, ' ', confirmed_flush_lsn, ' ', pg_current_wal_lsn())"
                                + " FROM pg_replication_slots WHERE slot_name = '" + stand.slot + "'"),
                unpublished.size() > FEW ? "many" : rows(unpublished));
    }

    private String rows(Set<UUID> ids) throws SQLException {
        return stand.query("SELECT string_agg(concat(aggregateid, ' ', sequence, ' of transaction ', xmin, ' at ',"
                + " appended_at), ', ' ORDER BY appended_at) FROM outbox WHERE id::text IN ('"
                + ids.stream().map(UUID::toString).collect(joining("', '")) + "')");
    }

    /**
     * What has not come out yet, and how the relay fares; printed when nothing more comes.
     *
     * @param slot whether someone reads from it, from where it decodes, what is confirmed, and where the log ends
     * @param rows the events, if they are few
     */
    private record Left(
            Set<UUID> unpublished,
            RelayStatus.Role role,
            long sent,
            @Nullable String lastError,
            String slot,
            String rows) {}
}
