package dev.wonflow.payment.gateway;

/**
 * A cash receipt, or the cancel of one, that was asked for on its own.
 *
 * @param orderId as it was given to Toss; it need not be one of ours
 */
public record ListedReceipt(String orderId, GatewayReceipt receipt) {}
