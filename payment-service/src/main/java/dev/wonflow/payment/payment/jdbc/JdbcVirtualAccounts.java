package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayAccount;
import dev.wonflow.payment.payment.VirtualAccounts;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accounts in PostgreSQL, beside the payments. */
@Component
class JdbcVirtualAccounts implements VirtualAccounts {

    /** What is the same is not written again: waiting accounts are looked at for weeks. */
    private static final String KEEP = """
        INSERT INTO virtual_account (payment_id, bank_code, account_number, holder_name)
        VALUES (:payment, :bank, :number, :holder)
        ON CONFLICT (payment_id) DO UPDATE
        SET bank_code = excluded.bank_code, account_number = excluded.account_number, holder_name = excluded.holder_name
        WHERE (virtual_account.bank_code, virtual_account.account_number, virtual_account.holder_name)
            IS DISTINCT FROM (excluded.bank_code, excluded.account_number, excluded.holder_name)
        """;

    private static final String FIND =
            "SELECT bank_code, account_number, holder_name FROM virtual_account WHERE payment_id = :payment";

    private final JdbcClient jdbc;

    JdbcVirtualAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void keep(PaymentId id, GatewayAccount account) {
        jdbc.sql(KEEP)
                .param("payment", id.value())
                .param("bank", account.bankCode())
                .param("number", account.number())
                .param("holder", account.holderName())
                .update();
    }

    @Override
    public Optional<GatewayAccount> find(PaymentId id) {
        return jdbc.sql(FIND)
                .param("payment", id.value())
                .query((row, _) -> new GatewayAccount(
                        row.getString("bank_code"), row.getString("account_number"), row.getString("holder_name")))
                .optional();
    }
}
