package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayAccount;
import dev.wonflow.payment.gateway.Remittance;
import dev.wonflow.payment.payment.KeptAccount;
import dev.wonflow.payment.payment.VirtualAccounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accounts in PostgreSQL, beside the payments. */
@Component
class JdbcVirtualAccounts implements VirtualAccounts {

    /** What is the same is not written again: waiting accounts are looked at for weeks. */
    private static final String KEEP = """
        INSERT INTO virtual_account AS kept (payment_id, bank_code, account_number, holder_name, refund_status,
                                             refund_status_at)
        VALUES (:payment, :bank, :number, :holder, :refundStatus, :refundStatusAt)
        ON CONFLICT (payment_id) DO UPDATE
        SET bank_code = excluded.bank_code, account_number = excluded.account_number,
            holder_name = excluded.holder_name, refund_status = excluded.refund_status,
            refund_status_at = excluded.refund_status_at
        WHERE (kept.bank_code, kept.account_number, kept.holder_name, kept.refund_status, kept.refund_status_at)
            IS DISTINCT FROM (excluded.bank_code, excluded.account_number, excluded.holder_name,
                              excluded.refund_status, excluded.refund_status_at)
        """;

    private static final String FIND = """
        SELECT bank_code, account_number, holder_name, refund_status, refund_status_at FROM virtual_account
        WHERE payment_id = :payment
        """;

    private final JdbcClient jdbc;

    JdbcVirtualAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void keep(PaymentId id, KeptAccount kept) {
        GatewayAccount account = kept.account();
        jdbc.sql(KEEP)
                .param("payment", id.value())
                .param("bank", account.bankCode())
                .param("number", account.number())
                .param("holder", account.holderName())
                .param("refundStatus", kept.remittance().name())
                .param("refundStatusAt", kept.remittanceSince().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public Optional<KeptAccount> find(PaymentId id) {
        return jdbc.sql(FIND)
                .param("payment", id.value())
                .query(JdbcVirtualAccounts::account)
                .optional();
    }

    private static KeptAccount account(ResultSet row, int rowNumber) throws SQLException {
        Remittance remittance = Remittance.valueOf(row.getString("refund_status"));
        return new KeptAccount(
                new GatewayAccount(
                        row.getString("bank_code"),
                        row.getString("account_number"),
                        row.getString("holder_name"),
                        remittance),
                remittance,
                row.getObject("refund_status_at", OffsetDateTime.class).toInstant());
    }
}
