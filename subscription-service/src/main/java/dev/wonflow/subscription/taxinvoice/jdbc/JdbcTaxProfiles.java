package dev.wonflow.subscription.taxinvoice.jdbc;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.EmailAddress;
import dev.wonflow.subscription.taxinvoice.BusinessNumber;
import dev.wonflow.subscription.taxinvoice.TaxProfile;
import dev.wonflow.subscription.taxinvoice.TaxProfiles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code tax_profile}. */
@Component
class JdbcTaxProfiles implements TaxProfiles {

    private static final String SELECT = "SELECT * FROM tax_profile WHERE tenant_id = :tenant";

    private static final String PUT = """
        INSERT INTO tax_profile (tenant_id, business_number, branch, company_name, representative, address,
                                 business_type, business_item, email, changed_at)
        VALUES (:tenant, :number, :branch, :companyName, :representative, :address, :businessType, :businessItem, :email,
                :now)
        ON CONFLICT (tenant_id) DO UPDATE
        SET business_number = excluded.business_number, branch = excluded.branch, company_name = excluded.company_name,
            representative = excluded.representative, address = excluded.address,
            business_type = excluded.business_type, business_item = excluded.business_item, email = excluded.email,
            changed_at = excluded.changed_at
        """;

    private final JdbcClient jdbc;

    JdbcTaxProfiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<TaxProfile> find(TenantId tenant) {
        return found(tenant, SELECT);
    }

    private Optional<TaxProfile> found(TenantId tenant, String select) {
        return jdbc.sql(select)
                .param("tenant", tenant.value())
                .query((row, _) -> profile(row))
                .optional();
    }

    /** The profile in a row with its columns. */
    static TaxProfile profile(ResultSet row) throws SQLException {
        return new TaxProfile(
                new BusinessNumber(row.getString("business_number")),
                row.getString("branch"),
                row.getString("company_name"),
                row.getString("representative"),
                row.getString("address"),
                row.getString("business_type"),
                row.getString("business_item"),
                new EmailAddress(row.getString("email")));
    }

    @Override
    public Optional<TaxProfile> put(TenantId tenant, TaxProfile profile, Instant now) {
        Optional<TaxProfile> before = found(tenant, SELECT + " FOR UPDATE");
        jdbc.sql(PUT)
                .param("tenant", tenant.value())
                .param("number", profile.number().digits())
                .param("branch", profile.branch(), Types.VARCHAR)
                .param("companyName", profile.companyName())
                .param("representative", profile.representative())
                .param("address", profile.address(), Types.VARCHAR)
                .param("businessType", profile.businessType(), Types.VARCHAR)
                .param("businessItem", profile.businessItem(), Types.VARCHAR)
                .param("email", profile.email().value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return before;
    }
}
