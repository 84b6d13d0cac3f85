package dev.wonflow.subscription.subscription;

/**
 * What paid for a period.
 *
 * @param livemode whether real money moved
 */
public record PaidBy(boolean livemode, String orderId, String paymentId) {}
