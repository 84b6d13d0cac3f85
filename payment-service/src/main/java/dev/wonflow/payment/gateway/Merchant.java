package dev.wonflow.payment.gateway;

/**
 * Who we are at Toss, as far as others may know.
 *
 * @param clientKey the browser's key; public
 * @param livemode whether real money moves
 */
public record Merchant(String clientKey, boolean livemode) {}
