package dev.wonflow.payment.reconciliation;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import org.jspecify.annotations.Nullable;

/**
 * What our ledger says of a payment.
 *
 * @param paymentKey the attempt that counts; {@code null} before the first
 * @param captured less what a bank took back
 */
public record BookedPayment(
        PaymentId id, OrderId orderId, @Nullable PaymentKey paymentKey, Money captured, Money refunded) {}
