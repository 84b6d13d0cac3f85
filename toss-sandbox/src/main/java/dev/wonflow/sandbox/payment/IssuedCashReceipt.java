package dev.wonflow.sandbox.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cash receipt issued together with a payment.
 *
 * @param issueNumber nine digits
 * @param customerIdentityNumber whom it was issued to; null if the buyer did not say
 */
public record IssuedCashReceipt(
        CashReceiptType type,
        String receiptKey,
        String issueNumber,
        @Nullable String customerIdentityNumber,
        Instant requestedAt) {}
