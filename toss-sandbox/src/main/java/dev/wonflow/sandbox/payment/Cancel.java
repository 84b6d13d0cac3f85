package dev.wonflow.sandbox.payment;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cancel of a payment, whole or in part. One in progress has taken its amount out of the balance already; its money
 * has not moved.
 *
 * @param refundableWon balance after this cancel
 * @param discountWon part of the amount that goes back to whoever gave the discount or the points
 * @param canceledAt when it was asked for, and once it is done, when that was
 * @param receiptKey key of the cancel of the cash receipt; null if there was none
 * @param requestId the merchant's name for it; null if it gave none, and always in Korea
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
        @Nullable String receiptKey,
        CancelStatus status,
        @Nullable String requestId) {

    public Cancel {
        // A state file of before cancels could take their time does not say.
        status = Objects.requireNonNullElse(status, CancelStatus.DONE);
    }

    Cancel done(Instant at) {
        return ended(CancelStatus.DONE, refundableWon, at);
    }

    Cancel aborted(long balanceWon) {
        return ended(CancelStatus.ABORTED, balanceWon, canceledAt);
    }

    private Cancel ended(CancelStatus end, long balanceWon, Instant at) {
        return new Cancel(
                amountWon,
                reason,
                taxFreeWon,
                taxExemptionWon,
                balanceWon,
                discountWon,
                at,
                transactionKey,
                receiptKey,
                end,
                requestId);
    }
}
