package dev.wonflow.payment.refund;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.payment.payment.RefundOrigin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes back, or is to. Immutable; a step answers the new state. Changed only while its payment is held.
 *
 * @param taxFree part of the amount that carried no VAT
 * @param reason 1 to 200 characters; {@code null} if Toss tells of a cancel without one
 * @param requestKey key of the request, by which a repeat finds the refund
 * @param call the last call to Toss; {@code null} before the first
 * @param uncertainty how long it has not been known whether the money went back
 * @param transactionKey Toss's name for the cancel it became
 * @param failure why nothing went back
 * @param changedAt since when it has its status
 */
public record Refund(
        RefundId id,
        PaymentId paymentId,
        PaymentKey paymentKey,
        RefundOrigin origin,
        RefundStatus status,
        Money amount,
        Money taxFree,
        @Nullable String reason,
        @Nullable String requestKey,
        @Nullable Call call,
        Uncertainty uncertainty,
        @Nullable String transactionKey,
        @Nullable Failure failure,
        Instant requestedAt,
        Instant changedAt) {

    /** Failure code of a refund that a second person did not agree to; no code of Toss. */
    static final String REJECTED = "REJECTED";

    /**
     * A call to Toss.
     *
     * @param number part of the idempotency key
     * @param refundable what Toss was told it holds before
     * @param at when it began, or ended
     * @param answered whether Toss answered, and would repeat that answer under the same key
     */
    public record Call(int number, Money refundable, Instant at, boolean answered) {}

    static Refund requested(
            RefundId id,
            PaymentId paymentId,
            PaymentKey paymentKey,
            RefundOrigin origin,
            Money amount,
            Money taxFree,
            String reason,
            @Nullable String requestKey,
            Instant now) {
        return new Refund(
                id,
                paymentId,
                paymentKey,
                origin,
                RefundStatus.REQUESTED,
                amount,
                taxFree,
                reason,
                requestKey,
                null,
                Uncertainty.NONE,
                null,
                null,
                now,
                now);
    }

    /** The same, to be made only once a second person agrees. */
    Refund toBeApproved() {
        return new Refund(
                id,
                paymentId,
                paymentKey,
                origin,
                RefundStatus.AWAITING_APPROVAL,
                amount,
                taxFree,
                reason,
                requestKey,
                call,
                uncertainty,
                transactionKey,
                failure,
                requestedAt,
                changedAt);
    }

    Refund approved(Instant now) {
        return moveTo(RefundStatus.REQUESTED, null, Uncertainty.NONE, null, null, now);
    }

    /** Whether a second person did not agree to it. */
    public boolean isRejected() {
        return failure != null && failure.code().equals(REJECTED);
    }

    /** Ended by the second person. */
    Refund rejected(String why, Instant now) {
        return moveTo(RefundStatus.FAILED, null, Uncertainty.NONE, null, new Failure(REJECTED, why), now);
    }

    /** A cancel someone asked for elsewhere. */
    static Refund external(RefundId id, PaymentId paymentId, PaymentKey paymentKey, GatewayCancel cancel, Instant now) {
        Instant at = cancel.canceledAt() == null ? now : cancel.canceledAt();
        return new Refund(
                id,
                paymentId,
                paymentKey,
                RefundOrigin.EXTERNAL,
                RefundStatus.DONE,
                cancel.amount(),
                Money.ZERO,
                cancel.reason(),
                null,
                null,
                Uncertainty.NONE,
                cancel.transactionKey(),
                null,
                at,
                at);
    }

    /**
     * About to ask Toss.
     *
     * @param refundable what Toss holds
     */
    Refund calling(Money refundable, Instant now) {
        boolean sameKey = call != null && !call.answered() && call.refundable().equals(refundable);
        int number = call == null ? 1 : sameKey ? call.number() : call.number() + 1;
        return moveTo(
                RefundStatus.UNKNOWN,
                new Call(number, refundable, now, false),
                uncertainty,
                null,
                null,
                call == null ? now : changedAt);
    }

    /**
     * Asked, and still not known.
     *
     * @param answered whether Toss would repeat what it said under the same key
     */
    Refund notKnown(boolean answered, Instant now) {
        return unknown(answered, uncertainty.notKnown(answered), now);
    }

    /** The same, for a reason that is not of this refund. */
    Refund heldUp(boolean answered, Instant now) {
        return unknown(answered, uncertainty.heldUp(), now);
    }

    private Refund unknown(boolean answered, Uncertainty longer, Instant now) {
        Call last = called();
        return moveTo(
                RefundStatus.UNKNOWN,
                new Call(last.number(), last.refundable(), now, last.answered() || answered),
                longer,
                null,
                null,
                changedAt);
    }

    Refund done(GatewayCancel cancel, Instant now) {
        Call last = called();
        return moveTo(
                RefundStatus.DONE,
                new Call(last.number(), last.refundable(), now, true),
                uncertainty,
                cancel.transactionKey(),
                null,
                now);
    }

    Refund failed(Failure reasonOfToss, Instant now) {
        return moveTo(RefundStatus.FAILED, call, uncertainty, null, reasonOfToss, now);
    }

    /** Ended by a cancel that came to nothing at last. */
    Refund aborted(GatewayCancel cancel, Instant now) {
        return moveTo(
                RefundStatus.FAILED,
                call,
                uncertainty,
                cancel.transactionKey(),
                new Failure("CANCEL_ABORTED", null),
                now);
    }

    /**
     * Whether a cancel of the payment is what Toss was asked for: it took our amount from the very sum we named, and
     * Toss takes ours from no other.
     */
    boolean became(GatewayCancel cancel, PaymentKey of) {
        return status == RefundStatus.UNKNOWN
                && paymentKey.equals(of)
                && call != null
                && cancel.amount().equals(amount)
                && cancel.balanceAfter().equals(call.refundable().minus(amount));
    }

    Call called() {
        if (call == null) {
            throw new IllegalStateException(
                    "refund " + id + " is " + status.text() + " without a call (expected: the call under way)");
        }
        return call;
    }

    private Refund moveTo(
            RefundStatus to,
            @Nullable Call lastCall,
            Uncertainty still,
            @Nullable String cancelled,
            @Nullable Failure why,
            Instant now) {
        if (!status.next().contains(to)) {
            throw new IllegalStateException(
                    "refund " + id + ": " + status + " -> " + to + " (expected: one of " + status.next() + ")");
        }
        return new Refund(
                id,
                paymentId,
                paymentKey,
                origin,
                to,
                amount,
                taxFree,
                reason,
                requestKey,
                lastCall,
                still,
                cancelled,
                why,
                requestedAt,
                now);
    }
}
