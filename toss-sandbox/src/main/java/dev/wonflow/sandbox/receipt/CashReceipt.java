package dev.wonflow.sandbox.receipt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request to the tax office: to issue a receipt, or to cancel one. Immutable.
 *
 * @param cursor numbers the requests of all merchants in their order
 * @param receiptKey that of a cancel is the one it cancels, with {@code c_} before it
 * @param issueNumber nine digits
 * @param decidedAt when the tax office answers; until then the request is in progress
 * @param refusal what the tax office will say then; null if it agrees
 * @param canceledWon how much of it has been cancelled since
 * @param canceledAt when that happened last
 */
public record CashReceipt(
        long cursor,
        String receiptKey,
        String mId,
        String orderId,
        String orderName,
        ReceiptType type,
        String issueNumber,
        Kind kind,
        long amountWon,
        long taxFreeWon,
        String businessNumber,
        String customerIdentityNumber,
        Instant requestedAt,
        Instant decidedAt,
        @Nullable NtsFailure refusal,
        long canceledWon,
        @Nullable Instant canceledAt) {

    /** What was asked for; {@code transactionType} in the API. */
    public enum Kind {
        CONFIRM,
        CANCEL
    }

    /** How far it got; {@code issueStatus} in the API. */
    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    public Status status(Instant now) {
        if (now.isBefore(decidedAt)) {
            return Status.IN_PROGRESS;
        }
        return refusal == null ? Status.COMPLETED : Status.FAILED;
    }

    /** Why it failed; null unless it has. */
    public @Nullable NtsFailure failure(Instant now) {
        return status(now) == Status.FAILED ? refusal : null;
    }

    long cancelableWon() {
        return amountWon - canceledWon;
    }

    /** Whether the order has its receipt, so that another one would be too many. */
    boolean standsFor(Instant now) {
        return status(now) != Status.FAILED && cancelableWon() > 0;
    }

    CashReceipt canceled(long won, Instant at) {
        return new CashReceipt(
                cursor,
                receiptKey,
                mId,
                orderId,
                orderName,
                type,
                issueNumber,
                kind,
                amountWon,
                taxFreeWon,
                businessNumber,
                customerIdentityNumber,
                requestedAt,
                decidedAt,
                refusal,
                canceledWon + won,
                at);
    }

    CashReceipt decided(@Nullable NtsFailure by, Instant at) {
        return new CashReceipt(
                cursor,
                receiptKey,
                mId,
                orderId,
                orderName,
                type,
                issueNumber,
                kind,
                amountWon,
                taxFreeWon,
                businessNumber,
                customerIdentityNumber,
                requestedAt,
                at,
                by,
                canceledWon,
                canceledAt);
    }

    /** Without the customer, who is named by a phone number. */
    @Override
    public String toString() {
        return "CashReceipt[receiptKey=" + receiptKey + ", orderId=" + orderId + ", kind=" + kind + "]";
    }
}
