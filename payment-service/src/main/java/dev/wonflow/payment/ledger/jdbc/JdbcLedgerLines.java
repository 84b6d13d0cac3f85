package dev.wonflow.payment.ledger.jdbc;

import dev.wonflow.payment.ledger.LedgerLines;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The ledger's postings in PostgreSQL: a page is a piece of the index {@code ledger_entry_in_time}. */
@Component
class JdbcLedgerLines implements LedgerLines {

    private static final String PAGE = """
        SELECT entry.id, happened_at, payment_id, order_id, entry.tenant_id, entry.livemode, kind, reference, account,
            posting.amount_won
        FROM ledger_entry AS entry
            JOIN ledger_posting AS posting ON entry_id = entry.id
            JOIN payment ON payment.id = payment_id
        WHERE happened_at >= :after AND happened_at < :to AND (happened_at, entry.id, account) > (:after, :entry, :account)
        ORDER BY happened_at, entry.id, account
        LIMIT :limit
        """;

    private final JdbcClient jdbc;

    JdbcLedgerLines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Line> between(Instant from, Instant to, @Nullable Place after, int limit) {
        Place begin = after == null ? new Place(from, new UUID(0, 0), "") : after;
        return jdbc.sql(PAGE)
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("after", begin.happenedAt().atOffset(ZoneOffset.UTC))
                .param("entry", begin.entryId())
                .param("account", begin.account())
                .param("limit", limit)
                .query(JdbcLedgerLines::line)
                .list();
    }

    private static Line line(ResultSet row, int rowNumber) throws SQLException {
        long won = row.getLong("amount_won");
        return new Line(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                Objects.requireNonNull(row.getObject("payment_id", UUID.class)),
                row.getString("order_id"),
                row.getString("tenant_id"),
                row.getBoolean("livemode"),
                row.getString("kind"),
                row.getString("reference"),
                row.getString("account"),
                Math.max(won, 0),
                Math.max(-won, 0));
    }
}
