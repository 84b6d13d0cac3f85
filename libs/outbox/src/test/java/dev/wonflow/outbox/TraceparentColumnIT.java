package dev.wonflow.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.outbox.OutboxProperties.ColumnAdded;
import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class TraceparentColumnIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Exactly these, in this order, or the version before does not start. */
    private static final List<String> VERSION_BEFORE = List.of(
            "id uuid",
            "aggregatetype text",
            "aggregateid text",
            "type text",
            "sequence bigint",
            "tenant_id text",
            "occurred_at timestamp with time zone",
            "payload text",
            "appended_at timestamp with time zone");

    private static final List<String> THIS_VERSION = Stream.concat(
                    VERSION_BEFORE.stream(), Stream.of("traceparent text"))
            .toList();

    private static final PublishedHorizon NEW_DATABASE = OptionalLong::empty;
    private static final PublishedHorizon RELAYED = () -> OptionalLong.of(1);

    private final TestDatabase database = TestServers.postgres().createDatabase("outbox");
    private final DataSource source = database.dataSource();
    private final JdbcClient jdbc = JdbcClient.create(source);

    @BeforeEach
    void createTable() {
        ReferenceTables.create(database, "outbox");
    }

    @Test
    void new_database_gets_the_column() {
        TraceparentColumn column = column(NEW_DATABASE, ColumnAdded.IN_NEW_DATABASES);

        column.start();

        assertThat(column.isThere()).isTrue();
        assertThat(columns()).isEqualTo(THIS_VERSION);
    }

    @Test
    void table_stays_as_the_version_before_demands_it_where_a_relay_has_worked() {
        TraceparentColumn column = column(RELAYED, ColumnAdded.IN_NEW_DATABASES);

        column.start();
        column.runOnce();

        assertThat(column.isThere()).isFalse();
        assertThat(columns()).isEqualTo(VERSION_BEFORE);
    }

    @Test
    void column_comes_once_the_version_before_is_given_up() {
        column(RELAYED, ColumnAdded.IN_NEW_DATABASES).start();

        column(RELAYED, ColumnAdded.ALWAYS).start();

        assertThat(columns()).isEqualTo(THIS_VERSION);
    }

    @Test
    void column_another_copy_has_added_is_found_at_the_next_run() {
        TraceparentColumn column = column(RELAYED, ColumnAdded.IN_NEW_DATABASES);
        column.start();
        column(RELAYED, ColumnAdded.ALWAYS).start();

        column.runOnce();

        assertThat(column.isThere()).isTrue();
    }

    @Test
    void table_in_use_is_left_to_the_next_run_and_holds_up_nobody() throws SQLException {
        TraceparentColumn column = column(RELAYED, ColumnAdded.ALWAYS);
        try (Connection reader = database.connect();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM outbox");

            column.start();

            assertThat(column.isThere()).isFalse();
            assertThat(columns()).isEqualTo(VERSION_BEFORE);
        }

        column.runOnce();

        assertThat(column.isThere()).isTrue();
    }

    @Test
    void copies_that_start_at_once_add_it_once() throws SQLException {
        TraceparentColumn one = column(NEW_DATABASE, ColumnAdded.IN_NEW_DATABASES, LIMIT);
        TraceparentColumn other = column(NEW_DATABASE, ColumnAdded.IN_NEW_DATABASES, LIMIT);
        CompletableFuture<Void> both;
        try (Connection first = database.connect();
                Statement statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.execute("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE");
            both = CompletableFuture.allOf(
                    CompletableFuture.runAsync(one::start, Thread::startVirtualThread),
                    CompletableFuture.runAsync(other::start, Thread::startVirtualThread));
            await().atMost(LIMIT).until(() -> waiting() == 2);
        }

        assertThat(both).succeedsWithin(LIMIT);
        assertThat(one.isThere() && other.isThere()).isTrue();
        assertThat(columns()).isEqualTo(THIS_VERSION);
    }

    private TraceparentColumn column(PublishedHorizon published, ColumnAdded when) {
        return column(published, when, Duration.ofMillis(200));
    }

    private TraceparentColumn column(PublishedHorizon published, ColumnAdded when, Duration lockTimeout) {
        return new TraceparentColumn(
                jdbc,
                new TransactionTemplate(new DataSourceTransactionManager(source)),
                published,
                new OutboxProperties(Duration.ofDays(7), 3, Duration.ofHours(1), lockTimeout, when));
    }

    private long waiting() {
        return jdbc.sql("""
                SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
                WHERE datname = current_database() AND NOT granted
                """).query(Long.class).single();
    }

    /** As the version before compares them. */
    private List<String> columns() {
        return jdbc.sql("""
                SELECT attname || ' ' || format_type(atttypid, atttypmod)
                FROM pg_attribute
                WHERE attrelid = to_regclass('outbox') AND attnum > 0 AND NOT attisdropped
                ORDER BY attnum
                """).query((row, _) -> row.getString(1)).list();
    }
}
