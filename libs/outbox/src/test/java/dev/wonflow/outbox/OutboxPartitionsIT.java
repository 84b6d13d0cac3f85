package dev.wonflow.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class OutboxPartitionsIT {

    private static final int DAYS_AHEAD = 2;
    private static final OutboxProperties SETTINGS = new OutboxProperties(
            Duration.ofDays(7),
            DAYS_AHEAD,
            Duration.ofHours(1),
            Duration.ofMillis(100),
            OutboxProperties.ColumnAdded.IN_NEW_DATABASES);

    private TestDatabase database;
    private DataSource source;
    private JdbcClient jdbc;
    private LocalDate today;
    private OptionalLong horizon = OptionalLong.empty();

    @BeforeEach
    void createTable() {
        database = TestServers.postgres().createDatabase("outbox");
        ReferenceTables.create(database, "outbox");
        source = database.dataSource();
        jdbc = JdbcClient.create(source);
        today = jdbc.sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDate();
    }

    @Test
    void today_and_the_next_days_have_partitions_and_a_second_run_changes_nothing() {
        partitions().runOnce();
        partitions().runOnce();

        assertThat(partitions().days()).containsExactly(name(today), name(today.plusDays(1)), name(today.plusDays(2)));
        append(today);
        assertThat(rows(name(today))).isEqualTo(1);
        assertThat(rows("outbox_default")).isZero();
    }

    @Test
    void a_day_that_the_default_partition_holds_already_stays_there() {
        append(today);

        partitions().runOnce();

        assertThat(partitions().days()).containsExactly(name(today.plusDays(1)), name(today.plusDays(2)));
        assertThat(rows("outbox_default")).isEqualTo(1);
    }

    @Test
    void a_partition_goes_once_it_is_past_its_retention_and_published() {
        createDay(today.minusDays(8));
        createDay(today.minusDays(7));
        append(today.minusDays(8));
        append(today.minusDays(7));
        everythingIsPublished();

        partitions().runOnce();

        assertThat(partitions().days()).contains(name(today.minusDays(7))).doesNotContain(name(today.minusDays(8)));
    }

    @Test
    @Tag("F9")
    void a_partition_with_one_unpublished_message_stays() {
        createDay(today.minusDays(20));
        append(today.minusDays(20));
        everythingIsPublished();
        append(today.minusDays(20));

        partitions().runOnce();

        assertThat(rows(name(today.minusDays(20)))).isEqualTo(2);
    }

    @Test
    @Tag("F9")
    void while_nothing_is_known_to_be_published_nothing_goes() {
        createDay(today.minusDays(20));

        partitions().runOnce();

        assertThat(partitions().days()).contains(name(today.minusDays(20)));
    }

    @Test
    void published_messages_past_their_retention_leave_the_default_partition() {
        append(today.minusDays(30));
        append(today.minusDays(3));
        everythingIsPublished();
        append(today.minusDays(30));

        partitions().runOnce();

        assertThat(rows("outbox_default")).isEqualTo(2);
    }

    @Test
    void a_partition_in_use_is_left_to_the_next_run_without_holding_up_appends() throws Exception {
        createDay(today.minusDays(20));
        everythingIsPublished();
        try (Connection reader = database.connect();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT * FROM " + name(today.minusDays(20)));

            partitions().runOnce();

            assertThat(partitions().days()).contains(name(today.minusDays(20)));
            append(today);
            reader.commit();
        }
        partitions().runOnce();
        assertThat(partitions().days()).doesNotContain(name(today.minusDays(20)));
    }

    @Test
    void instances_that_run_at_once_do_not_get_in_each_others_way() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        List<Thread> instances = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            instances.add(Thread.ofPlatform().start(() -> {
                try {
                    partitions().runOnce();
                } catch (RuntimeException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (Thread instance : instances) {
            instance.join();
        }

        assertThat(failures).isEmpty();
        // A run that found the lock taken left the day to the others, so a later run completes what is still open.
        partitions().runOnce();
        assertThat(partitions().days()).hasSize(1 + DAYS_AHEAD);
    }

    private OutboxPartitions partitions() {
        return new OutboxPartitions(
                jdbc, new TransactionTemplate(new DataSourceTransactionManager(source)), () -> horizon, SETTINGS);
    }

    private void everythingIsPublished() {
        horizon = OptionalLong.of(jdbc.sql("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single());
    }

    private void createDay(LocalDate day) {
        database.execute("CREATE TABLE " + name(day) + " PARTITION OF outbox FOR VALUES FROM ('" + day
                + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')");
    }

    private void append(LocalDate day) {
        jdbc.sql("""
                INSERT INTO outbox (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload,
                    appended_at)
                VALUES (gen_random_uuid(), 'order.events', 'k', 't', 1, 'default', now(), '{}', :at)
                """).param("at", day.atTime(12, 0).atOffset(ZoneOffset.UTC)).update();
    }

    private long rows(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    private static String name(LocalDate day) {
        return "outbox_p" + DateTimeFormatter.ofPattern("yyyyMMdd").format(day);
    }
}
