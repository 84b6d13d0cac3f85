package dev.wonflow.payment.receipt;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayReceipt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the tax office was asked for a payment, as far as we know. Immutable; changed only while its payment is held.
 *
 * @param requestedBy our request that led to it; {@code null} if Toss tells of it in the payment, as of what was asked
 *     for in the window
 * @param changedAt since when it is known to be so
 */
public record CashReceipt(
        PaymentId paymentId, GatewayReceipt told, @Nullable ReceiptRequestId requestedBy, Instant changedAt) {

    ReceiptRequestId requestedByUs() {
        if (requestedBy == null) {
            throw new IllegalStateException("cash receipt " + told.receiptKey()
                    + ": came with its payment (expected: one that was asked for here)");
        }
        return requestedBy;
    }

    /** Whether the tax office has still to decide. */
    public boolean isOpen() {
        return told.status() == GatewayReceipt.Status.IN_PROGRESS;
    }

    public boolean hasFailed() {
        return told.status() == GatewayReceipt.Status.FAILED;
    }

    /**
     * What is known once Toss has told this. What is decided is never open again, and the cancels of a second do not
     * become fewer: an answer that says so was overtaken.
     *
     * @return the same receipt if it is nothing new
     */
    CashReceipt after(GatewayReceipt now, Instant at) {
        if (now.amount().isLessThan(told.amount())) {
            return this;
        }
        boolean old = now.status() == null || (now.status() == GatewayReceipt.Status.IN_PROGRESS && !isOpen());
        GatewayReceipt latest = new GatewayReceipt(
                told.receiptKey(),
                told.kind(),
                told.type(),
                now.amount(),
                now.taxFree(),
                known(now.issueNumber(), told.issueNumber()),
                known(now.receiptUrl(), told.receiptUrl()),
                old && told.status() != null ? told.status() : now.status(),
                old ? told.failureCode() : now.failureCode(),
                old ? told.failureReason() : now.failureReason(),
                told.requestedAt());
        return latest.equals(told) ? this : new CashReceipt(paymentId, latest, requestedBy, at);
    }

    private static @Nullable String known(@Nullable String now, @Nullable String before) {
        return now == null ? before : now;
    }
}
