package dev.wonflow.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.server.MigrationUnderLoad;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Migrations that carry rows over, while the version before writes. */
class UpgradeUnderLoadIT {

    @Test
    void incident_reported_while_they_are_carried_over_is_not_forgotten() throws SQLException {
        TestDatabase database = TestServers.postgres().createDatabase("upgrade");
        MigrationUnderLoad migrate = new MigrationUnderLoad(database);
        migrate.to("0011");

        migrate.to("0035", """
            INSERT INTO incident (payment_id, kind, order_id, tenant_id, detail, occurred_at)
            VALUES ('payment-1', 'UNDERPAID', 'ord_1', 'acme', 'amount: 1', now())
            """);

        assertThat(JdbcClient.create(database.dataSource())
                        .sql("SELECT detail FROM reported_incident WHERE about = 'payment-1'")
                        .query(String.class)
                        .list())
                .containsExactly("order ord_1: amount: 1");
    }

    @Test
    void plan_and_purchase_written_while_subscriptions_learn_to_renew_are_carried_over() throws SQLException {
        TestDatabase database = TestServers.postgres().createDatabase("upgrade");
        MigrationUnderLoad migrate = new MigrationUnderLoad(database);
        migrate.to("0036");

        migrate.to("0040", """
            INSERT INTO plan_version (plan_id, version, name, price_won, said_at)
            VALUES ('basic', 1, 'Basic', 9900, '2026-01-01T00:00:00Z')
            """);
        migrate.to("0041", """
            INSERT INTO subscription (id, tenant_id, plan, status, billing_day, activated_at, plan_expires_at, livemode,
                last_order_id, last_payment_id, version)
            VALUES ('00000000-0000-7000-8000-000000000071', 'acme', 'basic', 'ACTIVE', 31, '2026-01-31T03:00:00Z',
                '2026-02-28T03:00:00Z', false, 'ord_1', 'p1', 1)
            """);

        JdbcClient jdbc = JdbcClient.create(database.dataSource());
        assertThat(jdbc.sql("SELECT interval_count || interval_unit || ' ' || source FROM plan_version")
                        .query(String.class)
                        .single())
                .isEqualTo("1MONTH CONFIGURATION");
        assertThat(jdbc.sql("""
                        SELECT anchor_at = activated_at AND period_start = activated_at AND due_at = plan_expires_at
                            AND plan_version = 1 AND period_value_won = 9900 AND collection = 'PREPAID'
                        FROM subscription
                        """).query(Boolean.class).single()).isTrue();
    }

    @Test
    void plans_written_while_they_learn_about_tax_and_unused_time_are_taxed_and_give_nothing_back()
            throws SQLException {
        TestDatabase database = TestServers.postgres().createDatabase("upgrade");
        MigrationUnderLoad migrate = new MigrationUnderLoad(database);
        migrate.to("0070");

        migrate.to("0085", """
            INSERT INTO plan_version (plan_id, version, name, price_won, said_at)
            VALUES ('basic', 1, 'Basic', 9900, '2026-01-01T00:00:00Z')
            """);
        migrate.to("0086", """
            INSERT INTO plan_version (plan_id, version, said_at) VALUES ('basic', 2, '2026-01-02T00:00:00Z')
            """);

        assertThat(JdbcClient.create(database.dataSource())
                        .sql("SELECT unused_time || ' ' || tax_free_won FROM plan_version")
                        .query(String.class)
                        .list())
                .containsExactly("LOST 0", "LOST 0");
    }
}
