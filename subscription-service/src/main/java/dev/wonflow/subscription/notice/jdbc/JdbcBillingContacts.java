package dev.wonflow.subscription.notice.jdbc;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.BillingContact;
import dev.wonflow.subscription.notice.BillingContacts;
import dev.wonflow.subscription.notice.EmailAddress;
import dev.wonflow.subscription.notice.Language;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code tenant_contact}. */
@Component
class JdbcBillingContacts implements BillingContacts {

    private static final String SELECT = "SELECT email, locale FROM tenant_contact WHERE tenant_id = :tenant";

    private static final String PUT = """
        INSERT INTO tenant_contact (tenant_id, email, locale, changed_at)
        VALUES (:tenant, :email, :locale, :now)
        ON CONFLICT (tenant_id) DO UPDATE
        SET email = excluded.email, locale = excluded.locale, changed_at = excluded.changed_at
        """;

    private final JdbcClient jdbc;

    JdbcBillingContacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<BillingContact> find(TenantId tenant) {
        return found(tenant, SELECT);
    }

    private Optional<BillingContact> found(TenantId tenant, String select) {
        return jdbc.sql(select)
                .param("tenant", tenant.value())
                .query((row, _) -> new BillingContact(
                        new EmailAddress(row.getString("email")), Language.of(row.getString("locale"))))
                .optional();
    }

    @Override
    public Optional<BillingContact> put(TenantId tenant, BillingContact contact, Instant now) {
        Optional<BillingContact> before = found(tenant, SELECT + " FOR UPDATE");
        jdbc.sql(PUT)
                .param("tenant", tenant.value())
                .param("email", contact.email().value())
                .param("locale", contact.language().code())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return before;
    }
}
