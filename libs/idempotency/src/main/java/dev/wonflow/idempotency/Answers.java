package dev.wonflow.idempotency;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.runtime.schema.LibraryTable;
import dev.wonflow.runtime.schema.LibraryTable.Increment;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The answers kept, by tenant and key. All times are the database's. */
final class Answers {

    private static final LibraryTable TABLE = new LibraryTable(
            "idempotency_key",
            List.of(new Increment(
                    "dev/wonflow/idempotency/0001__idempotency_key.sql",
                    List.of(
                            "tenant_id text",
                            "key text",
                            "request text",
                            "lease uuid",
                            "leased_until timestamp with time zone",
                            "status integer",
                            "content_type text",
                            "location text",
                            "body text",
                            "written_at timestamp with time zone"))));

    /**
     * Released with the transaction, however that ends. Two keys of one number would only refuse each other a moment.
     */
    private static final String TURN = """
        SELECT pg_try_advisory_xact_lock(hashtextextended('wonflow.idempotency ' || :key, hashtextextended(:tenant, 0)))
        """;

    private static final String FIND = """
        SELECT request, status, content_type, location, body
        FROM idempotency_key
        WHERE tenant_id = :tenant AND key = :key
        """;

    private static final String KEEP = """
        INSERT INTO idempotency_key (tenant_id, key, request, status, content_type, location, body)
        VALUES (:tenant, :key, :request, :status, :contentType, :location, :body)
        ON CONFLICT DO NOTHING
        """;

    /** One statement, so that of two requests at once one has the lease. */
    private static final String LEASE = """
        INSERT INTO idempotency_key AS known (tenant_id, key, request, lease, leased_until)
        VALUES (:tenant, :key, :request, :lease, clock_timestamp() + make_interval(secs => :seconds))
        ON CONFLICT (tenant_id, key) DO UPDATE
        SET lease = excluded.lease, leased_until = excluded.leased_until
        WHERE known.request = excluded.request AND known.leased_until < clock_timestamp()
        """;

    private static final String END_LEASE = """
        UPDATE idempotency_key
        SET lease = NULL, leased_until = NULL, written_at = now(),
            status = :status, content_type = :contentType, location = :location, body = :body
        WHERE tenant_id = :tenant AND key = :key AND lease = :lease
        """;

    private static final String GIVE_BACK =
            "DELETE FROM idempotency_key WHERE tenant_id = :tenant AND key = :key AND lease = :lease";

    /** A few for each new one, so that the table cannot grow beyond what is to be kept. */
    private static final String FORGET = """
        DELETE FROM idempotency_key
        WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM idempotency_key
            WHERE written_at < now() - make_interval(secs => :seconds)
            ORDER BY written_at
            LIMIT 10
            FOR UPDATE SKIP LOCKED))
        """;

    private final JdbcClient jdbc;
    private final Duration retention;
    private final Duration lease;

    Answers(JdbcClient jdbc, Duration retention, Duration lease) {
        this.jdbc = jdbc;
        this.retention = retention;
        this.lease = lease;
    }

    /**
     * Looks at the table once.
     *
     * @throws IllegalStateException with the first difference from what this library needs of it
     */
    static void checkTable(DataSource database) {
        new JdbcTemplate(database).execute((ConnectionCallback<@Nullable Void>) connection -> {
            TABLE.check(connection);
            return null;
        });
    }

    /**
     * Takes the turn of a key until the caller's transaction ends.
     *
     * @throws RequestInFlight if another has it
     */
    void takeTurn(TenantId tenant, KeyedRequest request) {
        boolean taken = jdbc.sql(TURN)
                .param("tenant", tenant.value())
                .param("key", request.key())
                .query(Boolean.class)
                .single();
        if (!taken) {
            throw new RequestInFlight();
        }
    }

    /**
     * Finds the answer of an earlier request.
     *
     * @throws KeyReused if that was another one
     * @throws RequestInFlight if it is at work, or has been and nobody knows yet how it ended
     */
    Optional<Answer> find(TenantId tenant, KeyedRequest request) {
        return jdbc.sql(FIND)
                .param("tenant", tenant.value())
                .param("key", request.key())
                .query((row, _) -> answer(row, request))
                .optional();
    }

    private static Answer answer(ResultSet row, KeyedRequest request) throws SQLException {
        if (!request.fingerprint().equals(row.getString("request"))) {
            throw new KeyReused();
        }
        int status = row.getInt("status");
        if (row.wasNull()) {
            throw new RequestInFlight();
        }
        String location = row.getString("location");
        return new Answer(
                status,
                Objects.requireNonNull(row.getString("content_type")),
                location == null ? null : URI.create(location),
                Objects.requireNonNull(row.getString("body")));
    }

    /**
     * Keeps an answer in the caller's transaction, whose turn it is.
     *
     * @throws KeyReused if another kind of request came with the key meanwhile
     */
    void keep(TenantId tenant, KeyedRequest request, Answer answer) {
        int kept = with(answer, keyed(KEEP, tenant, request))
                .param("request", request.fingerprint())
                .update();
        if (kept == 0) {
            throw new KeyReused();
        }
        forgetOld();
    }

    /**
     * Claims a key for a while.
     *
     * @param holder whose claim it is
     * @return whether it is; if not, {@link #find} says why
     */
    boolean lease(TenantId tenant, KeyedRequest request, UUID holder) {
        return keyed(LEASE, tenant, request)
                        .param("request", request.fingerprint())
                        .param("lease", holder)
                        .param("seconds", (double) lease.toMillis() / 1000)
                        .update()
                == 1;
    }

    /** Keeps the answer, unless the claim ran out and another has it. */
    void endLease(TenantId tenant, KeyedRequest request, UUID holder, Answer answer) {
        with(answer, keyed(END_LEASE, tenant, request)).param("lease", holder).update();
        forgetOld();
    }

    /** Ends a claim that led to no answer to keep. */
    void giveBack(TenantId tenant, KeyedRequest request, UUID holder) {
        keyed(GIVE_BACK, tenant, request).param("lease", holder).update();
    }

    private void forgetOld() {
        jdbc.sql(FORGET).param("seconds", (double) retention.toSeconds()).update();
    }

    private JdbcClient.StatementSpec keyed(String sql, TenantId tenant, KeyedRequest request) {
        return jdbc.sql(sql).param("tenant", tenant.value()).param("key", request.key());
    }

    private static JdbcClient.StatementSpec with(Answer answer, JdbcClient.StatementSpec statement) {
        return statement
                .param("status", answer.status())
                .param("contentType", answer.contentType())
                .param("location", text(answer.location()))
                .param("body", answer.body());
    }

    private static @Nullable String text(@Nullable URI location) {
        return location == null ? null : location.toString();
    }
}
