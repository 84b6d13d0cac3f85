package dev.wonflow.audit;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.runtime.schema.LibraryTable;
import dev.wonflow.runtime.schema.LibraryTable.Increment;
import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.runtime.trace.Traceparent;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Keeps entries in the service's database, which lets nobody change them. */
final class JdbcAuditTrail implements AuditTrail {

    private static final String INSERT = """
        INSERT INTO audit_entry (id, at, tenant_id, subject, client, action, object, before, after, why, trace_id)
        VALUES (:id, :at, :tenantId, :subject, :client, :action, :object, CAST(:before AS jsonb),
                CAST(:after AS jsonb), :why, :traceId)
        """;

    private static final LibraryTable TABLE = new LibraryTable(
            "audit_entry",
            List.of(new Increment(
                    "dev/wonflow/audit/0001__audit_entry.sql",
                    List.of(
                            "id uuid",
                            "at timestamp with time zone",
                            "tenant_id text",
                            "subject text",
                            "client text",
                            "action text",
                            "object text",
                            "before jsonb",
                            "after jsonb",
                            "why text",
                            "trace_id text",
                            "recorded_at timestamp with time zone"))));

    private static final String GUARD = """
        SELECT tgname FROM pg_trigger
        WHERE tgrelid = to_regclass('audit_entry') AND tgname = 'audit_entry_only_grows' AND tgenabled = 'A'
        """;

    private final JdbcClient jdbc;
    private final IdSource ids;
    private final Clock clock;
    private final JsonMapper json;
    private final Trace trace;

    JdbcAuditTrail(JdbcClient jdbc, IdSource ids, Clock clock, JsonMapper json, Trace trace) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
        this.trace = trace;
    }

    /**
     * Looks at the table once.
     *
     * @throws IllegalStateException if it is not as this library needs it, or entries in it could be changed
     */
    static void checkTable(DataSource database) {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            TABLE.check(connection);
            return null;
        });
        if (jdbc.queryForList(GUARD).isEmpty()) {
            throw new IllegalStateException("table audit_entry: trigger audit_entry_only_grows missing or off"
                    + " (expected: as in dev/wonflow/audit/0001__audit_entry.sql)");
        }
    }

    @Override
    public void record(AuditEntry entry) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("audit entry " + entry.action() + " of " + entry.object()
                    + ": no transaction is open (expected: the one that makes the change)");
        }
        TenantId tenant = entry.tenant();
        jdbc.sql(INSERT)
                .param("id", ids.next())
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("tenantId", tenant == null ? null : tenant.value())
                .param("subject", entry.subject())
                .param("client", entry.client())
                .param("action", entry.action())
                .param("object", entry.object())
                .param("before", text(entry.before()))
                .param("after", text(entry.after()))
                .param("why", entry.why())
                .param("traceId", trace.current().map(Traceparent::traceId).orElse(null))
                .update();
    }

    private @Nullable String text(@Nullable Map<String, Object> facts) {
        return facts == null ? null : json.writeValueAsString(facts);
    }
}
