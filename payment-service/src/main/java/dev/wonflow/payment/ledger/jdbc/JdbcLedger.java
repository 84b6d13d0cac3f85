package dev.wonflow.payment.ledger.jdbc;

import dev.wonflow.payment.ledger.Ledger;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.ledger.Posting;
import dev.wonflow.runtime.IdSource;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The ledger in PostgreSQL, which checks at the commit that an entry adds up and agrees with its payment. */
@Component
class JdbcLedger implements Ledger {

    private static final String POST = """
        WITH entry AS (
            INSERT INTO ledger_entry (id, payment_id, payment_version, kind, reference, tenant_id, livemode, amount_won,
                                      happened_at)
            VALUES (:id, :payment, :version, :kind, :reference, :tenant, :livemode, :amount, :happenedAt)
            RETURNING id
        )
        INSERT INTO ledger_posting (entry_id, account, amount_won)
        SELECT entry.id, posting.account, posting.amount_won
        FROM entry, unnest(CAST(:accounts AS text[]), CAST(:amounts AS bigint[])) AS posting (account, amount_won)
        """;

    private final JdbcClient jdbc;
    private final IdSource ids;

    JdbcLedger(JdbcClient jdbc, IdSource ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    @Override
    public void post(LedgerEntry entry) {
        LedgerEntry.Source source = entry.source();
        jdbc.sql(POST)
                .param("id", ids.next())
                .param("payment", source.paymentId().value())
                .param("version", source.version())
                .param("kind", entry.kind().name())
                .param("reference", entry.reference())
                .param("tenant", source.tenantId().value())
                .param("livemode", source.livemode())
                .param("amount", entry.amount().won())
                .param("happenedAt", entry.happenedAt().atOffset(ZoneOffset.UTC))
                .param(
                        "accounts",
                        entry.postings().stream()
                                .map(posting -> posting.account().name())
                                .toArray(String[]::new))
                .param(
                        "amounts",
                        entry.postings().stream().map(Posting::signedWon).toArray(Long[]::new))
                .update();
    }
}
