package dev.wonflow.subscription.subscription;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One month of a plan, paid for.
 *
 * @param plan id of the plan, as the order named it
 * @param planVersion version of the plan whose price the amount was compared with before it was paid; none if it was
 *     not
 * @param amount what was paid
 * @param livemode whether real money moved
 * @param approvedAt when the money was taken; months count from here, however late we hear of it
 */
public record Purchase(
        String paymentId,
        String orderId,
        TenantId tenantId,
        String plan,
        @Nullable Long planVersion,
        Money amount,
        boolean livemode,
        Instant approvedAt) {

    /** The same, in the time of a tenant that is ahead of all others by as much: Toss knows windows' time only. */
    Purchase ahead(Duration by) {
        return new Purchase(paymentId, orderId, tenantId, plan, planVersion, amount, livemode, approvedAt.plus(by));
    }
}
