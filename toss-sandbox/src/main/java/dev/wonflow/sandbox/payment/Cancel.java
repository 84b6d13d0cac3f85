package dev.wonflow.sandbox.payment;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cancel of a payment, whole or in part. One in progress has taken its amount out of the balance already; its money
 * has not moved.
 *
 * @param refundableMinor balance after this cancel
 * @param discountMinor part of the amount that goes back to the giver of the discount or the points
 * @param canceledAt when it was asked for, and once it is done, when that was
 * @param receiptKey key of the cancel of the cash receipt; null if there was none
 * @param requestId the merchant's name for it; null if it gave none, and always in Korea
 */
public record Cancel(
        long amountMinor,
        String reason,
        long taxFreeMinor,
        long taxExemptionMinor,
        long refundableMinor,
        long discountMinor,
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
        return ended(CancelStatus.DONE, refundableMinor, at);
    }

    Cancel aborted(long balanceMinor) {
        return ended(CancelStatus.ABORTED, balanceMinor, canceledAt);
    }

    private Cancel ended(CancelStatus end, long balanceMinor, Instant at) {
        return new Cancel(
                amountMinor,
                reason,
                taxFreeMinor,
                taxExemptionMinor,
                balanceMinor,
                discountMinor,
                at,
                transactionKey,
                receiptKey,
                end,
                requestId);
    }
}
