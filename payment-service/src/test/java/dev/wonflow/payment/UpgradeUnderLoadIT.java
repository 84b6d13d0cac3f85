package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.server.MigrationUnderLoad;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Migrations that carry rows over, while the version before writes. */
class UpgradeUnderLoadIT {

    private final TestDatabase database = TestServers.postgres().createDatabase("upgrade");
    private final MigrationUnderLoad migrate = new MigrationUnderLoad(database);
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @BeforeEach
    void startWithTheVersionBefore() {
        migrate.to("0017");
        database.execute("""
            INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, livemode, status, requested_at,
                                 changed_at, version)
            VALUES ('00000000-0000-7000-8000-000000000001', 'ord_under_load', 'default', '머그컵', 33000, false, 'REQUESTED', now(),
                    now(), 1)
            """);
    }

    @Test
    void webhook_taken_in_while_the_status_checks_are_carried_over_is_not_forgotten() throws SQLException {
        migrate.to("0036", """
            INSERT INTO payment_inquiry (payment_id, required, due_at, hints)
            VALUES ('00000000-0000-7000-8000-000000000001', false, now(), 1)
            """);

        assertThat(count("work WHERE kind = 'status-check.hinted'")).isOne();
        assertThat(count("status_check WHERE hints = 1")).isOne();
    }

    @Test
    void incident_reported_while_they_are_carried_over_is_not_forgotten() throws SQLException {
        migrate.to("0036");

        migrate.to("0037", """
            INSERT INTO payment_incident (payment_id, kind, detail, times, first_at, last_at)
            VALUES ('00000000-0000-7000-8000-000000000001', 'SECOND_CHARGE', 'once', 1, now(), now())
            """);

        assertThat(count("reported_incident WHERE kind = 'SECOND_CHARGE'")).isOne();
    }

    private long count(String rows) {
        return jdbc.sql("SELECT count(*) FROM " + rows).query(Long.class).single();
    }
}
