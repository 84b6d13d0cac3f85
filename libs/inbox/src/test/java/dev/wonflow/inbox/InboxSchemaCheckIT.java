package dev.wonflow.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/** A service looks for the tables of its inbox when it starts, not when the first message comes. */
class InboxSchemaCheckIT {

    private final TestDatabase database = TestServers.postgres().createDatabase("inbox_check");
    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    JdbcClientAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    KafkaAutoConfiguration.class,
                    InboxAutoConfiguration.class))
            .withBean(Clock.class, () -> Clock.fixed(Instant.parse("2026-01-05T03:00:00Z"), ZoneOffset.UTC))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withPropertyValues(
                    "spring.kafka.bootstrap-servers=127.0.0.1:1",
                    "spring.datasource.url=" + database.url(),
                    "spring.datasource.username=" + database.username(),
                    "spring.datasource.password=" + database.password());

    @Test
    void with_its_tables_the_service_starts() {
        ReferenceTables.create(database, "inbox");

        service.run(context -> assertThat(context).hasNotFailed().hasSingleBean(Inbox.class));
    }

    @Test
    void without_a_table_the_service_does_not_start_and_says_which_file_makes_it() {
        assertRefused("table inbox: not found (expected: a migration with dev/wonflow/inbox/0001__inbox.sql)");
        ReferenceTables.create(database, "inbox", 1);

        assertRefused("table inbox_sequence: not found (expected: a migration with"
                + " dev/wonflow/inbox/0002__inbox_sequence.sql)");
    }

    @Test
    void with_a_column_of_another_type_the_service_does_not_start_and_says_which() {
        ReferenceTables.create(database, "inbox");
        database.execute("ALTER TABLE inbox_sequence ALTER COLUMN sequence TYPE numeric");

        assertRefused("table inbox_sequence: column sequence is numeric (expected: bigint");
    }

    @Test
    void columns_a_later_version_added_do_no_harm() {
        ReferenceTables.create(database, "inbox");
        database.execute("ALTER TABLE inbox ADD COLUMN origin text");

        service.run(context -> assertThat(context).hasNotFailed());
    }

    private void assertRefused(String why) {
        service.run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(why));
    }
}
