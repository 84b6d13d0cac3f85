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
}
