package dev.wonflow.subscription.invoice;

/**
 * How an invoice was paid.
 *
 * @param livemode whether real money moved
 */
public record InvoicePayment(String paymentId, String orderId, boolean livemode) {}
