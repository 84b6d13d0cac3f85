package dev.wonflow.local.demo;

import dev.wonflow.local.buyer.TossWindow.Session;

/**
 * An order that waits for its payment.
 *
 * @param amount in won
 * @param session the payment window, open
 */
record Checkout(String orderId, long amount, Session session) {}
