package dev.wonflow.payment.billing;

import dev.wonflow.payment.gateway.IssueOutcome;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;

/**
 * A card or an account that its owner agreed may be charged. Immutable; the key is not part of it.
 *
 * @param customerKey name of the tenant towards Toss; with the billing key it can charge, so it is never shown with it
 * @param print name of the billing key that leads nobody back to it
 * @param livemode whether real money moves
 * @param changedAt since when it has its status
 */
public record BillingMethod(
        BillingMethodId id,
        TenantId tenantId,
        String customerKey,
        BillingMethodStatus status,
        String print,
        IssueOutcome.Face face,
        boolean livemode,
        Instant registeredAt,
        Instant changedAt) {

    static BillingMethod registered(
            BillingMethodId id, TenantId tenantId, IssueOutcome.Issued issued, boolean livemode, Instant now) {
        return new BillingMethod(
                id,
                tenantId,
                issued.customerKey(),
                BillingMethodStatus.ACTIVE,
                issued.key().print(),
                issued.face(),
                livemode,
                now,
                now);
    }

    public boolean isChargeable() {
        return status == BillingMethodStatus.ACTIVE;
    }

    BillingMethod moveTo(BillingMethodStatus to, Instant now) {
        if (!status.next().contains(to)) {
            throw new IllegalStateException(
                    "billing method " + id + ": " + status + " -> " + to + " (expected: one of " + status.next() + ")");
        }
        return new BillingMethod(id, tenantId, customerKey, to, print, face, livemode, registeredAt, now);
    }
}
