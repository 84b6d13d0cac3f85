package dev.wonflow.subscription.notice.jdbc;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.MailOutcome;
import dev.wonflow.subscription.notice.MailWork;
import dev.wonflow.subscription.notice.Mails;
import dev.wonflow.subscription.notice.NoticeId;
import dev.wonflow.subscription.notice.NoticeKind;
import dev.wonflow.subscription.notice.ToldNotice;
import dev.wonflow.work.WorkItem;
import dev.wonflow.work.WorkTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code notice_mail}; when a mail is sent is planned as work. */
@Component
class JdbcMails implements Mails {

    private static final String INSERT = """
        INSERT INTO notice_mail (notice_id, tenant_id, kind, data, requested_at)
        VALUES (:id, :tenant, :kind, CAST(:data AS jsonb), :requestedAt)
        ON CONFLICT (notice_id) DO NOTHING
        """;

    private static final String WAITING = """
        SELECT notice_id, tenant_id, kind, data, requested_at FROM notice_mail
        WHERE notice_id = :id AND outcome IS NULL
        """;

    private static final String END = """
        UPDATE notice_mail SET outcome = :outcome, reply = :reply, ended_at = :now, data = NULL
        WHERE notice_id = :id AND outcome IS NULL
        """;

    /** A sum may have more digits than an int; it comes back as it went. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final WorkTable work;

    JdbcMails(JdbcClient jdbc, WorkTable work) {
        this.jdbc = jdbc;
        this.work = work;
    }

    @Override
    public void plan(ToldNotice notice, Instant due) {
        int added = jdbc.sql(INSERT)
                .param("id", notice.id().value())
                .param("tenant", notice.tenant().value())
                .param("kind", notice.kind().code())
                .param("data", JSON.writeValueAsString(notice.facts()))
                .param("requestedAt", utc(notice.requestedAt()))
                .update();
        if (added == 1) {
            work.plan(WorkItem.of(MailWork.KIND, notice.id().toString(), due));
        }
    }

    @Override
    public Optional<ToldNotice> waiting(NoticeId id) {
        return jdbc.sql(WAITING)
                .param("id", id.value())
                .query((row, _) -> notice(row))
                .optional();
    }

    private static ToldNotice notice(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        return new ToldNotice(
                new NoticeId(row.getObject("notice_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                NoticeKind.find(kind).orElseThrow(() -> new IllegalStateException("kind: " + kind)),
                JSON.readValue(row.getString("data"), FACTS),
                row.getObject("requested_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public void end(NoticeId id, MailOutcome.WithReply outcome, Instant now) {
        jdbc.sql(END)
                .param("id", id.value())
                .param("outcome", outcome.outcome().name())
                .param("reply", outcome.reply(), Types.VARCHAR)
                .param("now", utc(now))
                .update();
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
