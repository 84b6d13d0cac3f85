package dev.wonflow.subscription.notice.jdbc;

import dev.wonflow.subscription.notice.Notices;
import dev.wonflow.subscription.notice.RequestedNotice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code notice}. */
@Component
class JdbcNotices implements Notices {

    /** Sorted as the key is, so that two that add the same do not wait for each other in turn. */
    private static final String INSERT = """
        INSERT INTO notice (id, kind, subject, tenant_id, requested_at)
        SELECT id, kind, subject, tenant_id, requested_at
        FROM unnest(CAST(:ids AS uuid[]), CAST(:kinds AS text[]), CAST(:subjects AS text[]), CAST(:tenants AS text[]),
                    CAST(:ats AS timestamptz[]))
             WITH ORDINALITY AS wanted (id, kind, subject, tenant_id, requested_at, position)
        ORDER BY kind, subject, position
        ON CONFLICT (kind, subject) DO NOTHING
        RETURNING id
        """;

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
                .param("ats", texts(requested, one -> one.requestedAt().toString()))
                .query(UUID.class)
                .list());
        return requested.stream()
                .filter(one -> added.contains(one.id().value()))
                .toList();
    }

    private static String[] texts(List<RequestedNotice> requested, Function<RequestedNotice, String> field) {
        return requested.stream().map(field).toArray(String[]::new);
    }
}
