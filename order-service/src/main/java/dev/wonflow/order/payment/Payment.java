package dev.wonflow.order.payment;

import dev.wonflow.money.Money;
import dev.wonflow.order.OrderId;
import dev.wonflow.runtime.TenantId;
import java.util.UUID;

/**
 * A payment as far as an order must know it.
 *
 * @param livemode whether real money moves; false for payments made with test keys
 */
public record Payment(UUID id, OrderId orderId, TenantId tenantId, Money amount, boolean livemode) {}
