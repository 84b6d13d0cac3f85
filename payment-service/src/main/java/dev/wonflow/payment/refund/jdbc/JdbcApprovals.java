package dev.wonflow.payment.refund.jdbc;

import dev.wonflow.payment.refund.Approvals;
import dev.wonflow.payment.refund.RefundId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Approvals in PostgreSQL. */
@Component
class JdbcApprovals implements Approvals {

    private static final String ASK =
            "INSERT INTO refund_approval (refund_id, requested_by) VALUES (:refund, :requestedBy)";
    private static final String REQUESTED_BY = "SELECT requested_by FROM refund_approval WHERE refund_id = :refund";
    private static final String DECIDE = """
        UPDATE refund_approval SET approved = :approved, decided_by = :decidedBy, decided_at = :now
        WHERE refund_id = :refund
        """;

    private final JdbcClient jdbc;

    JdbcApprovals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void ask(RefundId id, String requestedBy) {
        jdbc.sql(ASK)
                .param("refund", id.value())
                .param("requestedBy", requestedBy)
                .update();
    }

    @Override
    public Optional<String> requestedBy(RefundId id) {
        return jdbc.sql(REQUESTED_BY)
                .param("refund", id.value())
                .query(String.class)
                .optional();
    }

    @Override
    public void decide(RefundId id, boolean approved, String decidedBy, Instant now) {
        jdbc.sql(DECIDE)
                .param("refund", id.value())
                .param("approved", approved)
                .param("decidedBy", decidedBy)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
