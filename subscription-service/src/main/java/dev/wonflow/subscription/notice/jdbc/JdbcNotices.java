package dev.wonflow.subscription.notice.jdbc;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.MailOutcome;
import dev.wonflow.subscription.notice.NoticeHistory;
import dev.wonflow.subscription.notice.NoticeId;
import dev.wonflow.subscription.notice.Notices;
import dev.wonflow.subscription.notice.RequestedNotice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code notice}; how it ended with a mail has {@code notice_mail}. */
@Component
class JdbcNotices implements Notices, NoticeHistory {

    /** Sorted as the key is, so that two that add the same do not wait for each other in turn. */
    private static final String INSERT = """
        INSERT INTO notice (id, kind, subject, tenant_id, data, requested_at)
        SELECT id, kind, subject, tenant_id, data, requested_at
        FROM unnest(CAST(:ids AS uuid[]), CAST(:kinds AS text[]), CAST(:subjects AS text[]), CAST(:tenants AS text[]),
                    CAST(:data AS jsonb[]), CAST(:ats AS timestamptz[]))
             WITH ORDINALITY AS wanted (id, kind, subject, tenant_id, data, requested_at, position)
        ORDER BY kind, subject, position
        ON CONFLICT (kind, subject) DO NOTHING
        RETURNING id
        """;

    private static final String SELECT = """
        SELECT n.id, n.kind, n.subject, n.data, n.requested_at, m.outcome
        FROM notice n LEFT JOIN notice_mail m ON m.notice_id = n.id
        WHERE n.tenant_id = :tenant
        """;

    private static final String NEWEST_FIRST = " ORDER BY n.requested_at DESC, n.id DESC LIMIT :most";

    private static final JsonMapper JSON = new JsonMapper();

    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    JdbcNotices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<RequestedNotice> add(List<RequestedNotice> requested) {
        Set<UUID> added = new HashSet<>(jdbc.sql(INSERT)
                .param("ids", texts(requested, one -> one.id().toString()))
                .param(
                        "kinds",
                        texts(requested, one -> one.notice().data().kind().code()))
                .param("subjects", texts(requested, one -> one.notice().subject()))
                .param("tenants", texts(requested, one -> one.notice().tenant().value()))
                .param(
                        "data",
                        texts(
                                requested,
                                one -> JSON.writeValueAsString(
                                        one.notice().data().facts())))
                .param("ats", texts(requested, one -> one.requestedAt().toString()))
                .query(UUID.class)
                .list());
        return requested.stream()
                .filter(one -> added.contains(one.id().value()))
                .toList();
    }

    @Override
    public List<Told> newestFirst(TenantId tenant, @Nullable Place after, int most) {
        String place = after == null ? "" : "AND (n.requested_at, n.id) < (:at, :id)";
        JdbcClient.StatementSpec select = jdbc.sql(SELECT + place + NEWEST_FIRST)
                .param("tenant", tenant.value())
                .param("most", most);
        if (after != null) {
            select.param("at", after.requestedAt().atOffset(ZoneOffset.UTC))
                    .param("id", after.id().value());
        }
        return select.query((row, _) -> told(row)).list();
    }

    private static Told told(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return new Told(
                new NoticeId(row.getObject("id", UUID.class)),
                row.getString("kind"),
                row.getString("subject"),
                JSON.readValue(row.getString("data"), FACTS),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                outcome == null ? null : MailOutcome.valueOf(outcome));
    }

    private static String[] texts(List<RequestedNotice> requested, Function<RequestedNotice, String> field) {
        return requested.stream().map(field).toArray(String[]::new);
    }
}
