package dev.wonflow.subscription.subscription;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
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
        Instant approvedAt) {}
