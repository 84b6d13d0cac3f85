package dev.wonflow.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.runtime.trace.Traceparent;
import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class OutboxIT {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

    private final Trace trace = Trace.passedOn();
    private JdbcClient jdbc;
    private TransactionTemplate transactions;
    private Outbox outbox;

    @BeforeEach
    void createTable() {
        TestDatabase database = TestServers.postgres().createDatabase("outbox");
        ReferenceTables.create(database, "outbox");
        DataSource source = database.dataSource();
        jdbc = JdbcClient.create(source);
        transactions = new TransactionTemplate(new DataSourceTransactionManager(source));
        outbox = new Outbox(jdbc, trace, column(OutboxProperties.ColumnAdded.ALWAYS));
    }

    private TraceparentColumn column(OutboxProperties.ColumnAdded when) {
        OutboxProperties settings =
                new OutboxProperties(Duration.ofDays(7), 3, Duration.ofHours(1), Duration.ofMillis(200), when);
        TraceparentColumn column = new TraceparentColumn(jdbc, transactions, () -> OptionalLong.of(1), settings);
        column.start();
        return column;
    }

    @Test
    @Tag("F8")
    void a_message_outside_a_transaction_is_refused() {
        assertThatThrownBy(() -> outbox.append(aMessage(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction is open");
        assertThat(messages()).isZero();
    }

    @Test
    void a_message_stays_if_its_transaction_commits() {
        transactions.executeWithoutResult(status -> outbox.append(aMessage(1)));

        assertThat(jdbc.sql("SELECT row_to_json(outbox)::jsonb - 'appended_at' - 'traceparent' || '{}' FROM outbox")
                        .query(String.class)
                        .single())
                .isEqualTo("{\"id\": \"" + SequentialIds.id(1) + "\", \"type\": \"order.placed.v1\","
                        + " \"payload\": \"{\\\"amount\\\":15000}\", \"sequence\": 3, \"tenant_id\": \"default\","
                        + " \"aggregateid\": \"order-1\", \"occurred_at\": \"2026-01-05T12:00:00+09:00\","
                        + " \"aggregatetype\": \"order.events\"}");
    }

    @Test
    @Tag("F8")
    void a_message_goes_with_its_transaction_when_that_rolls_back() {
        transactions.executeWithoutResult(status -> {
            outbox.append(aMessage(1));
            status.setRollbackOnly();
        });

        assertThat(messages()).isZero();
    }

    @Test
    void a_message_carries_the_trace_of_what_appends_it_and_none_otherwise() {
        Traceparent cause = Traceparent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .orElseThrow();

        trace.resume(
                Optional.of(cause), "test", () -> transactions.executeWithoutResult(_ -> outbox.append(aMessage(1))));
        transactions.executeWithoutResult(_ -> outbox.append(aMessage(2)));

        assertThat(jdbc.sql("SELECT coalesce(traceparent, 'none') FROM outbox ORDER BY id")
                        .query(String.class)
                        .list())
                .containsExactly(cause.toString(), "none");
    }

    @Test
    void a_message_goes_without_its_trace_into_a_table_the_version_before_can_start_on() {
        jdbc.sql("ALTER TABLE outbox DROP COLUMN traceparent").update();
        Outbox careful = new Outbox(jdbc, trace, column(OutboxProperties.ColumnAdded.IN_NEW_DATABASES));

        trace.resume(
                Traceparent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                "test",
                () -> transactions.executeWithoutResult(_ -> careful.append(aMessage(1))));

        assertThat(messages()).isOne();
    }

    @Test
    void messages_of_a_transaction_are_written_in_the_order_of_their_appending() {
        List<Long> numbers = LongStream.rangeClosed(1, 2_500)
                .map(i -> i % 2 == 0 ? i : 10_000 - i)
                .boxed()
                .toList();

        transactions.executeWithoutResult(_ -> numbers.forEach(n -> outbox.append(aMessage(n))));

        assertThat(jdbc.sql("SELECT id FROM outbox ORDER BY ctid")
                        .query(UUID.class)
                        .list())
                .isEqualTo(numbers.stream().map(SequentialIds::id).toList());
        assertThat(jdbc.sql("SELECT DISTINCT row_to_json(outbox)::jsonb - 'id' - 'appended_at' - 'traceparent' || '{}'"
                                + " FROM outbox")
                        .query(String.class)
                        .list())
                .as("as one that comes alone")
                .containsExactly("{\"type\": \"order.placed.v1\", \"payload\": \"{\\\"amount\\\":15000}\","
                        + " \"sequence\": 3, \"tenant_id\": \"default\", \"aggregateid\": \"order-1\","
                        + " \"occurred_at\": \"2026-01-05T12:00:00+09:00\", \"aggregatetype\": \"order.events\"}");
    }

    @Test
    void large_messages_do_not_all_wait_for_the_commit() {
        String large = "x".repeat(60_000);

        transactions.executeWithoutResult(_ -> {
            for (long n = 1; n <= 75; n++) {
                outbox.append(aMessage(n, large));
            }
            assertThat(messages()).as("of 4.5 million characters").isEqualTo(70);
        });

        assertThat(messages()).isEqualTo(75);
    }

    @Test
    void messages_of_a_transaction_each_carry_the_trace_of_what_appended_them() {
        Traceparent cause = Traceparent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .orElseThrow();

        transactions.executeWithoutResult(_ -> {
            outbox.append(aMessage(1));
            trace.resume(Optional.of(cause), "test", () -> outbox.append(aMessage(2)));
        });

        assertThat(jdbc.sql("SELECT coalesce(traceparent, 'none') FROM outbox ORDER BY id")
                        .query(String.class)
                        .list())
                .containsExactly("none", cause.toString());
    }

    @Test
    void a_message_that_is_appended_while_its_transaction_commits_stays_too() {
        transactions.executeWithoutResult(_ -> {
            outbox.append(aMessage(1));
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    outbox.append(aMessage(2));
                }
            });
        });

        assertThat(messages()).isEqualTo(2);
    }

    @Test
    void a_first_message_that_comes_while_its_transaction_commits_is_not_lost_in_silence() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(_ ->
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void beforeCommit(boolean readOnly) {
                                outbox.append(aMessage(1));
                            }
                        })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(SequentialIds.id(1).toString());
    }

    @Test
    void a_message_goes_with_its_part_of_a_transaction_when_that_rolls_back() {
        transactions.executeWithoutResult(status -> {
            Object savepoint = status.createSavepoint();
            outbox.append(aMessage(1));
            status.rollbackToSavepoint(savepoint);
            outbox.append(aMessage(2));
        });

        assertThat(jdbc.sql("SELECT id FROM outbox").query(UUID.class).list()).containsExactly(SequentialIds.id(2));
    }

    @Test
    void a_transaction_takes_no_savepoint_after_its_messages() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    outbox.append(aMessage(1));
                    status.createSavepoint();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("savepoint");

        assertThat(messages()).isZero();
    }

    @Test
    void a_message_the_table_refuses_keeps_its_transaction_from_committing() {
        jdbc.sql("CREATE TABLE state (id integer)").update();

        assertThatThrownBy(() -> transactions.executeWithoutResult(_ -> {
                    outbox.append(aMessage(1));
                    outbox.append(new OutboxMessage(
                            SequentialIds.id(2), "order.events", "", "order.placed.v1", 1, "default", NOON, "{}"));
                    jdbc.sql("INSERT INTO state VALUES (1)").update();
                }))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(messages()).isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM state").query(Long.class).single())
                .isZero();
    }

    @Test
    void a_body_over_64_KiB_is_refused() {
        OutboxMessage large = aMessage(1, "가".repeat(21_846));

        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> outbox.append(large)))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    private long messages() {
        return jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
    }

    private static OutboxMessage aMessage(long n) {
        return aMessage(n, "{\"amount\":15000}");
    }

    private static OutboxMessage aMessage(long n, String payload) {
        return new OutboxMessage(
                SequentialIds.id(n), "order.events", "order-1", "order.placed.v1", 3, "default", NOON, payload);
    }
}
