package dev.wonflow.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.access.Caller;
import dev.wonflow.access.Operator;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.runtime.trace.Traceparent;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class AuditTrailIT {

    private static final Caller MINA = new Caller(new TenantId("acme"), "mina", "acme-shop");
    private static final AuditEntry SHIPPED = new AuditEntry(
            MINA,
            "order.ship",
            "ord_1",
            Map.of("status", "CONFIRMED", "version", 2L),
            Map.of("status", "SHIPPED", "version", 3L),
            null);
    private static final AuditEntry PLACED = new AuditEntry(
            new Caller(new TenantId("acme"), "mina", null),
            "order.place",
            "ord_1",
            null,
            Map.of("status", "PENDING"),
            "한 번 더");

    private static final AuditEntry EXPLAINED = new AuditEntry(
            new Operator("kim", "console"), "case.explain", "case_1", null, Map.of("explained", true), "ticket 4711");

    private final TestDatabase database = TestServers.postgres().createDatabase("audit");
    private final DataSource dataSource = database.dataSource();
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    private final Trace trace = Trace.passedOn();
    private final JdbcAuditTrail trail =
            new JdbcAuditTrail(jdbc, new SequentialIds(), new MutableClock(), new JsonMapper(), trace);

    @BeforeEach
    void create_table() {
        ReferenceTables.create(database, "audit");
    }

    @Test
    void entry_says_who_did_what_and_why() {
        trace.resume(
                Traceparent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-b7ad6b7169203331-01"),
                "test",
                () -> write(SHIPPED));
        write(PLACED);
        write(EXPLAINED);

        assertThat(entries())
                .containsExactly(
                        "acme mina acme-shop order.ship ord_1 {\"status\": \"CONFIRMED\", \"version\": 2} {\"status\":"
                                + " \"SHIPPED\", \"version\": 3} - 4bf92f3577b34da6a3ce929d0e0e4736",
                        "acme mina - order.place ord_1 - {\"status\": \"PENDING\"} 한 번 더 -",
                        "- kim console case.explain case_1 - {\"explained\": true} ticket 4711 -");
    }

    @Test
    void entry_is_there_if_and_only_if_the_change_is() {
        transaction.executeWithoutResult(status -> {
            trail.record(SHIPPED);
            status.setRollbackOnly();
        });
        assertThat(entries()).isEmpty();

        assertThatThrownBy(() -> trail.record(SHIPPED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction is open");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_entry SET subject = 'someone else'",
                "UPDATE audit_entry SET subject = subject WHERE false",
                "DELETE FROM audit_entry",
                "TRUNCATE audit_entry",
                "INSERT INTO audit_entry SELECT * FROM audit_entry ON CONFLICT (id) DO UPDATE SET subject = 'x'",
                "MERGE INTO audit_entry a USING audit_entry b ON a.id = b.id WHEN MATCHED THEN DELETE"
            })
    void entry_cannot_be_changed_or_removed(String statement) {
        write(SHIPPED);

        assertThatThrownBy(() -> jdbc.sql(statement).update())
                .rootCause()
                .hasMessageContaining("table audit_entry:")
                .hasMessageContaining("(expected: INSERT only)");
        assertThat(entries()).hasSize(1);
    }

    @Test
    void entry_cannot_be_changed_in_the_role_of_a_replica_either() {
        write(SHIPPED);
        TestDatabase root = TestServers.postgres().administration();
        TestDatabase asRoot =
                new TestDatabase(database.host(), database.port(), database.name(), root.username(), root.password());

        assertThatThrownBy(() -> asRoot.execute("SET session_replication_role = replica; DELETE FROM audit_entry"))
                .rootCause()
                .hasMessageContaining("(expected: INSERT only)");
    }

    @Test
    void table_whose_entries_could_be_changed_stops_the_start() {
        assertThatCode(() -> JdbcAuditTrail.checkTable(dataSource)).doesNotThrowAnyException();

        database.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_only_grows");
        assertThatThrownBy(() -> JdbcAuditTrail.checkTable(dataSource))
                .hasMessageContaining("trigger audit_entry_only_grows missing or off");
        database.execute("ALTER TABLE audit_entry DROP COLUMN why");
        assertThatThrownBy(() -> JdbcAuditTrail.checkTable(dataSource)).hasMessageContaining("no column why");
    }

    private void write(AuditEntry entry) {
        transaction.executeWithoutResult(_ -> trail.record(entry));
    }

    private List<String> entries() {
        return jdbc.sql("""
                SELECT concat_ws(' ', coalesce(tenant_id, '-'), subject, coalesce(client, '-'), action, object,
                    coalesce(before::text, '-'), after::text, coalesce(why, '-'), coalesce(trace_id, '-'))
                FROM audit_entry ORDER BY id
                """)
                .query((row, _) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }
}
