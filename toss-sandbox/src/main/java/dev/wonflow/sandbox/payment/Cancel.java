package dev.wonflow.sandbox.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cancel of a payment, whole or in part.
 *
 * @param refundableWon balance after this cancel
 * @param discountWon part of the amount that goes back to whoever gave the discount or the points
 * @param receiptKey key of the cancel of the cash receipt; null if there was none
 */
public record Cancel(
        long amountWon,
        String reason,
        long taxFreeWon,
        long taxExemptionWon,
        long refundableWon,
        long discountWon,
        Instant canceledAt,
        String transactionKey,
        @Nullable String receiptKey) {}
