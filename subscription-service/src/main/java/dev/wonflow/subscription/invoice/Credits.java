package dev.wonflow.subscription.invoice;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Credit of tenants, of which nothing is ever changed or removed. */
public interface Credits {

    /**
     * Adds entries in the caller's transaction.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if a balance would fall below zero, or an invoice
     *     has an entry of the kind already
     */
    void add(List<CreditEntry> entries);

    Optional<CreditEntry> find(UUID id);

    Money balance(TenantId tenantId, String product);

    /** The newest entries of a tenant with a product, newest first. */
    List<CreditEntry> newest(TenantId tenantId, String product, int most);
}
