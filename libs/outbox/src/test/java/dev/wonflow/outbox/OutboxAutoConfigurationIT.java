package dev.wonflow.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;

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
    void a_service_gets_its_outbox_and_the_partition_of_today() throws Exception {
        database.execute(reference());

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
    void with_another_column_the_service_does_not_start_and_says_which() throws Exception {
        database.execute(reference());
        database.execute("ALTER TABLE outbox DROP COLUMN tenant_id");

        service.run(context ->
                assertThat(context).getFailure().rootCause().hasMessageContaining("[tenant_id text] missing"));
    }

    @Test
    void with_a_plain_table_the_service_does_not_start() {
        database.execute("""
                CREATE TABLE outbox (id uuid, aggregatetype text, aggregateid text, type text, sequence bigint,
                    tenant_id text, occurred_at timestamptz, payload text, appended_at timestamptz)
                """);

        service.run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("partitioning none"));
    }

    @Test
    void a_retention_shorter_than_a_week_is_refused() throws Exception {
        database.execute(reference());

        service.withPropertyValues("wonflow.outbox.retention=6d")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("wonflow.outbox.retention: PT144H (expected: >= PT168H)"));
    }

    private static String reference() throws Exception {
        return new ClassPathResource("outbox.sql", Outbox.class).getContentAsString(StandardCharsets.UTF_8);
    }
}
