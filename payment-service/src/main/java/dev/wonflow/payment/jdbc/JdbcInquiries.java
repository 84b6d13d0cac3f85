package dev.wonflow.payment.jdbc;

import dev.wonflow.payment.Inquiries;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.ResolverProperties;
import dev.wonflow.payment.inquiry.Inquiry;
import dev.wonflow.payment.inquiry.InquiryQueue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Inquiries in PostgreSQL: one row per payment. Every statement is whole by itself. */
@Component
class JdbcInquiries implements Inquiries, InquiryQueue {

    private static final String REQUIRE = """
        INSERT INTO payment_inquiry (payment_id, required, due_at)
        VALUES (:payment, true, :due)
        ON CONFLICT (payment_id) DO UPDATE SET required = true, due_at = excluded.due_at, tries = 0
        """;
    private static final String RELEASE = """
        UPDATE payment_inquiry
        SET required = false, tries = 0, due_at = CASE WHEN hints > 0 THEN LEAST(due_at, :hintDue) END
        WHERE payment_id = :payment
        """;
    private static final String HINT = """
        INSERT INTO payment_inquiry AS inquiry (payment_id, required, due_at, hints)
        VALUES (:payment, false, :due, 1)
        ON CONFLICT (payment_id) DO UPDATE
        SET hints = inquiry.hints + 1,
            due_at = LEAST(inquiry.due_at, GREATEST(excluded.due_at, inquiry.asked_at + make_interval(secs => :window)))
        """;
    /** Rows another worker is claiming at this moment are passed over, not waited for. */
    private static final String CLAIM = """
        UPDATE payment_inquiry
        SET leased_until = :leasedUntil
        WHERE payment_id IN (
            SELECT payment_id FROM payment_inquiry
            WHERE due_at <= :now AND (leased_until IS NULL OR leased_until <= :now) AND required = :required
            ORDER BY due_at LIMIT :limit
            FOR UPDATE SKIP LOCKED)
        RETURNING payment_id, tries, hints
        """;

    private static final String DONE = """
        UPDATE payment_inquiry
        SET leased_until = NULL, asked_at = :now, hints = GREATEST(0, hints - :hints),
            tries = CASE WHEN required THEN tries ELSE 0 END,
            due_at = CASE WHEN required THEN due_at WHEN hints > :hints THEN :nextHint::timestamptz END
        WHERE payment_id = :payment
        """;
    /** The webhooks have not been answered, so they go on being counted. */
    private static final String AGAIN = """
        UPDATE payment_inquiry
        SET leased_until = NULL, asked_at = :now, tries = tries + 1,
            due_at = CASE WHEN hints > :hints THEN LEAST(:due::timestamptz, :nextHint::timestamptz) ELSE :due END
        WHERE payment_id = :payment
        """;

    private static final String PRUNE = """
        DELETE FROM payment_inquiry WHERE due_at IS NULL AND (asked_at IS NULL OR asked_at < :before)
        """;

    private final JdbcClient jdbc;
    private final ResolverProperties properties;

    JdbcInquiries(JdbcClient jdbc, ResolverProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    @Override
    public void require(PaymentId id, Instant due) {
        jdbc.sql(REQUIRE).param("payment", id.value()).param("due", utc(due)).update();
    }

    @Override
    public void release(PaymentId id, Instant hintDue) {
        jdbc.sql(RELEASE)
                .param("payment", id.value())
                .param("hintDue", utc(hintDue))
                .update();
    }

    @Override
    public void hint(PaymentId id, Instant due) {
        jdbc.sql(HINT)
                .param("payment", id.value())
                .param("due", utc(due))
                .param("window", properties.hintWindow().toMillis() / 1_000d)
                .update();
    }

    @Override
    public List<Inquiry> claimRequired(int limit, Instant now, Instant leasedUntil) {
        return claim(true, limit, now, leasedUntil);
    }

    @Override
    public List<Inquiry> claimHinted(int limit, Instant now, Instant leasedUntil) {
        return claim(false, limit, now, leasedUntil);
    }

    private List<Inquiry> claim(boolean required, int limit, Instant now, Instant leasedUntil) {
        return jdbc.sql(CLAIM)
                .param("required", required)
                .param("limit", limit)
                .param("now", utc(now))
                .param("leasedUntil", utc(leasedUntil))
                .query(JdbcInquiries::inquiry)
                .list();
    }

    @Override
    public void done(Inquiry inquiry, Instant now, Instant nextHint) {
        jdbc.sql(DONE)
                .param("payment", inquiry.paymentId().value())
                .param("hints", inquiry.hints())
                .param("now", utc(now))
                .param("nextHint", utc(nextHint))
                .update();
    }

    @Override
    public void again(Inquiry inquiry, Instant now, Instant due, Instant nextHint) {
        jdbc.sql(AGAIN)
                .param("payment", inquiry.paymentId().value())
                .param("hints", inquiry.hints())
                .param("now", utc(now))
                .param("due", utc(due))
                .param("nextHint", utc(nextHint))
                .update();
    }

    @Override
    public void prune(Instant before) {
        jdbc.sql(PRUNE).param("before", utc(before)).update();
    }

    private static Inquiry inquiry(ResultSet row, int rowNumber) throws SQLException {
        return new Inquiry(
                new PaymentId(row.getObject("payment_id", UUID.class)), row.getInt("tries"), row.getInt("hints"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
