package dev.wonflow.subscription.subscription;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;

/**
 * Money of a payment that went back to its buyer.
 *
 * @param refunded all of it that has gone back so far; told again, it is the same
 * @param whole whether nothing is left of the payment
 * @param how what happened, in words
 */
public record MoneyWentBack(
        String paymentId, String orderId, TenantId tenantId, Money refunded, boolean whole, String how, Instant at) {}
