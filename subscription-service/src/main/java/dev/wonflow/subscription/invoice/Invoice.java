package dev.wonflow.subscription.invoice;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.Terms;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant owes for a period, or for a change within one.
 *
 * @param changeId the change it is for; null: a period
 * @param terms what it is for; they hold when it is paid
 * @param period what it is for; of a change the period within which it happens
 * @param amounts what it comes to; the lines explain it
 * @param billingMethodId what is charged; null: nothing to charge, or it was paid by hand
 * @param refunded part of the total that went back
 * @param dueAt when it is charged first
 * @param endedAt when it was voided or given up
 * @param payment how it was paid; null: not, or there was nothing to pay
 * @param receipt number of its receipt, once it is paid
 */
public record Invoice(
        InvoiceId id,
        SubscriptionId subscriptionId,
        TenantId tenantId,
        String product,
        @Nullable UUID changeId,
        Terms terms,
        Period period,
        InvoiceStatus status,
        Amounts amounts,
        List<InvoiceLine> lines,
        @Nullable UUID billingMethodId,
        Money refunded,
        Instant issuedAt,
        Instant dueAt,
        @Nullable Instant paidAt,
        @Nullable Instant endedAt,
        @Nullable InvoicePayment payment,
        @Nullable DocumentNumber receipt,
        long version) {

    public InvoiceKind kind() {
        return changeId == null ? InvoiceKind.PERIOD : InvoiceKind.CHANGE;
    }

    public Money total() {
        return amounts.total();
    }

    /** The same as stored under its new version. */
    public Invoice stored(long newVersion) {
        return new Invoice(
                id,
                subscriptionId,
                tenantId,
                product,
                changeId,
                terms,
                period,
                status,
                amounts,
                lines,
                billingMethodId,
                refunded,
                issuedAt,
                dueAt,
                paidAt,
                endedAt,
                payment,
                receipt,
                newVersion);
    }
}
