package dev.wonflow.subscription.taxinvoice;

import dev.wonflow.subscription.notice.EmailAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of tax invoices.
 *
 * @param supplier who sells; without it none can be exported
 */
@ConfigurationProperties("wonflow.tax-invoice")
public record TaxInvoiceProperties(@Nullable Supplier supplier) {

    /**
     * Who sells, as the registration of the business (사업자등록증) has it.
     *
     * @param businessNumber with or without hyphens
     * @param branch four digits; none if not set
     */
    public record Supplier(
            String businessNumber,
            @Nullable String branch,
            String companyName,
            String representative,
            @Nullable String address,
            @Nullable String businessType,
            @Nullable String businessItem,
            String email) {}

    public TaxInvoiceProperties {
        if (supplier != null) {
            profile(supplier);
        }
    }

    /** The supplier, checked. */
    public Optional<TaxProfile> profile() {
        return Optional.ofNullable(supplier).map(TaxInvoiceProperties::profile);
    }

    private static TaxProfile profile(Supplier supplier) {
        try {
            return new TaxProfile(
                    new BusinessNumber(supplier.businessNumber()),
                    supplier.branch(),
                    supplier.companyName(),
                    supplier.representative(),
                    supplier.address(),
                    supplier.businessType(),
                    supplier.businessItem(),
                    new EmailAddress(supplier.email()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("wonflow.tax-invoice.supplier: " + e.getMessage(), e);
        }
    }
}
