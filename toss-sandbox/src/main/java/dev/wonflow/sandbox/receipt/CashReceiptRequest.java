package dev.wonflow.sandbox.receipt;

import org.jspecify.annotations.Nullable;

/**
 * The cash receipt a buyer asks for together with a payment.
 *
 * @param registrationNumber phone, business or receipt-card number it is issued to, at most 30 characters; null if the
 *     buyer gave none
 */
public record CashReceiptRequest(
        CashReceiptType type, @Nullable String registrationNumber) {}
