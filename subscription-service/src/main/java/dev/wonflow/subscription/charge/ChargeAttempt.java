package dev.wonflow.subscription.charge;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.invoice.InvoiceId;
import java.time.Instant;
import java.util.UUID;

/**
 * One try to have an invoice paid.
 *
 * @param number 1 for the first of the invoice
 * @param orderName what the buyer reads; 1 to 100 characters
 * @param taxFree part of the amount that is free of VAT
 */
public record ChargeAttempt(
        InvoiceId invoice,
        TenantId tenant,
        int number,
        Occasion occasion,
        UUID billingMethodId,
        Money amount,
        Money taxFree,
        String orderName,
        Instant requestedAt) {

    public ChargeId id() {
        return ChargeId.of(invoice.value(), number);
    }
}
