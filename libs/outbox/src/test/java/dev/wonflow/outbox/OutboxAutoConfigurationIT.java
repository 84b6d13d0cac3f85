package dev.wonflow.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class OutboxAutoConfigurationIT {

    private final TestDatabase database = TestServers.postgres().createDatabase("outbox");
    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    JdbcClientAutoConfiguration.class,
                    OutboxAutoConfiguration.class))
            .withPropertyValues(
                    "spring.datasource.url=" + database.url(),
                    "spring.datasource.username=" + database.username(),
                    "spring.datasource.password=" + database.password());

    @Test
    void a_service_gets_its_outbox_and_the_partition_of_today() {
        ReferenceTables.create(database, "outbox");

        service.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Outbox.class);
            try (var connection = database.connect();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "SELECT count(*) FROM pg_inherits WHERE inhparent = 'outbox'::regclass")) {
                row.next();
                assertThat(row.getInt(1))
                        .as("default, today and three days ahead")
                        .isEqualTo(5);
            }
            MeterRegistry meters = new SimpleMeterRegistry();
            context.getBean(MeterBinder.class).bindTo(meters);
            assertThat(meters.get("wonflow.outbox.housekeeping.age").gauge().value())
                    .isLessThan(60);
        });
    }

    @Test
    void without_the_table_the_service_does_not_start() {
        service.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("table outbox: not found (expected: a migration"));
    }

    @Test
    void without_a_column_the_service_does_not_start_and_says_which_and_what_adds_it() {
        ReferenceTables.create(database, "outbox");
        database.execute("ALTER TABLE outbox RENAME COLUMN sequence TO version");

        assertRefused("table outbox: no column sequence (expected: a migration with"
                + " dev/wonflow/outbox/0001__outbox.sql)");
    }

    @Test
    void with_a_column_of_another_type_the_service_does_not_start_and_says_which() {
        ReferenceTables.create(database, "outbox");
        database.execute("ALTER TABLE outbox ALTER COLUMN payload TYPE bytea USING convert_to(payload, 'UTF8')");

        assertRefused("table outbox: column payload is bytea (expected: text, as in"
                + " dev/wonflow/outbox/0001__outbox.sql)");
    }

    @Test
    void with_a_column_for_traces_of_another_type_the_service_does_not_start() {
        ReferenceTables.create(database, "outbox");
        database.execute("ALTER TABLE outbox ADD COLUMN traceparent uuid");

        assertRefused("table outbox: column traceparent is uuid (expected: text)");
    }

    @Test
    void columns_a_later_version_added_do_no_harm() {
        ReferenceTables.create(database, "outbox");
        database.execute("ALTER TABLE outbox ADD COLUMN origin text");
        database.execute("ALTER TABLE outbox ADD COLUMN weight int NOT NULL DEFAULT 1");

        service.run(context -> {
            assertThat(context).hasNotFailed();
            new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                    .executeWithoutResult(_ -> context.getBean(Outbox.class)
                            .append(new OutboxMessage(
                                    SequentialIds.id(1),
                                    "order.events",
                                    "order-1",
                                    "order.placed.v1",
                                    1,
                                    "default",
                                    Instant.EPOCH,
                                    "{}")));
        });
    }

    @Test
    void a_column_that_demands_a_value_nobody_here_knows_stops_the_start() {
        ReferenceTables.create(database, "outbox");
        database.execute("ALTER TABLE outbox ADD COLUMN origin text NOT NULL");

        assertRefused("table outbox: column origin demands a value");
    }

    @Test
    void with_a_plain_table_the_service_does_not_start() {
        database.execute("""
                CREATE TABLE outbox (id uuid, aggregatetype text, aggregateid text, type text, sequence bigint,
                    tenant_id text, occurred_at timestamptz, payload text, appended_at timestamptz)
                """);

        service.run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("partitioning none"));
    }

    private void assertRefused(String why) {
        service.run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(why));
    }

    @Test
    void a_retention_shorter_than_a_week_is_refused() {
        ReferenceTables.create(database, "outbox");

        service.withPropertyValues("wonflow.outbox.retention=6d")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("wonflow.outbox.retention: PT144H (expected: >= PT168H)"));
    }
}
