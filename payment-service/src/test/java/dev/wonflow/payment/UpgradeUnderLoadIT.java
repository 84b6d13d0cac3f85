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

    @Test
    void money_taken_while_the_ledger_is_made_is_in_it() throws SQLException {
        migrate.to("0073");

        migrate.to("0080", """
            UPDATE payment SET status = 'PAID', payment_key = 'key-under-load', balance_won = 33000, approved_at = now(),
                version = 2
            """);

        assertThat(count("ledger_position WHERE captured_won = 33000 AND balance_won = 33000"))
                .isOne();
    }

    @Test
    void ledger_opens_with_what_was_captured_refunded_and_charged_before_it() {
        migrate.to("0073");
        database.execute("""
            INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, livemode, status, payment_key, method,
                                 balance_won, approved_at, requested_at, changed_at, version, order_closed_at)
            VALUES
                ('00000000-0000-7000-8000-000000000002', 'ord_captured', 'acme', '머그컵', 10000, false, 'PAID', 'key-2', '카드',
                    10000, now(), now(), now(), 3, NULL),
                ('00000000-0000-7000-8000-000000000003', 'ord_partly', 'acme', '머그컵', 20000, false, 'PARTIALLY_REFUNDED',
                    'key-3', '카드', 15000, now(), now(), now(), 4, NULL),
                ('00000000-0000-7000-8000-000000000004', 'ord_refunded', 'acme', '머그컵', 30000, false, 'REFUNDED', 'key-4',
                    '카드', 0, now(), now(), now(), 4, NULL),
                ('00000000-0000-7000-8000-000000000005', 'ord_called_off', 'acme', '머그컵', 40000, false, 'PAID', 'key-5',
                    '카드', 40000, now(), now(), now(), 4, now()),
                ('00000000-0000-7000-8000-000000000006', 'ord_charged', 'acme', '팀 요금제', 50000, false, 'PAID', 'key-6',
                    '카드', 50000, now(), now(), now(), 2, NULL);
            INSERT INTO charge (id, tenant_id, billing_method_id, order_id, order_name, amount_won, status, payment_id,
                                requested_at, changed_at, version)
            VALUES ('00000000-0000-7000-8000-000000000007', 'acme', '00000000-0000-7000-8000-000000000008', 'ord_charged',
                '팀 요금제', 50000, 'PAID', '00000000-0000-7000-8000-000000000006', now(), now(), 2)
            """);

        migrate.to("latest");

        assertThat(jdbc.sql("""
                        SELECT concat_ws(' ', order_id, captured_won, refunded_won, owed_won, ledger_position.balance_won)
                        FROM ledger_position JOIN payment ON payment_id = id ORDER BY id
                        """).query(String.class).list())
                .containsExactly(
                        "ord_captured 10000 0 0 10000",
                        "ord_partly 20000 5000 0 15000",
                        "ord_refunded 30000 30000 0 0",
                        "ord_called_off 40000 0 40000 40000",
                        "ord_charged 50000 0 0 50000");
        assertThat(count("ledger_entry WHERE NOT carried_over")).isZero();
    }

    private long count(String rows) {
        return jdbc.sql("SELECT count(*) FROM " + rows).query(Long.class).single();
    }
}
