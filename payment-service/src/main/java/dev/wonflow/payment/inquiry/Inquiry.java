package dev.wonflow.payment.inquiry;

import dev.wonflow.payment.PaymentId;

/**
 * A claimed inquiry.
 *
 * @param tries unclear answers so far
 * @param hints webhooks counted when it was claimed; more may have come since
 */
public record Inquiry(PaymentId paymentId, int tries, int hints) {}
