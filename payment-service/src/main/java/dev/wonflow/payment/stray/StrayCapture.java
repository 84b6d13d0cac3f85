package dev.wonflow.payment.stray;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money that Toss took for an order without its counting for it. Immutable; a step answers the new state. Changed only
 * while its payment is held.
 *
 * @param amount what Toss held when it was found
 * @param call the last call to Toss; {@code null} before the first
 * @param uncertainty how long it has not been known whether it went back
 * @param origin who had it given back; {@code null} until it has been
 * @param transactionKey Toss's name of the cancel by which it went back
 * @param code why it is left to a person
 * @param changedAt since when it has its status
 */
public record StrayCapture(
        StrayCaptureId id,
        PaymentId paymentId,
        OrderId orderId,
        TenantId tenantId,
        PaymentKey paymentKey,
        Stray.Reason reason,
        StrayCaptureStatus status,
        Money amount,
        @Nullable Call call,
        Uncertainty uncertainty,
        @Nullable RefundOrigin origin,
        @Nullable String transactionKey,
        @Nullable String code,
        Instant foundAt,
        Instant changedAt) {

    /** Why a deposit is left to a person. No code of Toss. */
    static final String DEPOSIT = "DEPOSIT_WITHOUT_ACCOUNT";

    /**
     * A call to Toss, which is to give back all it holds.
     *
     * @param number part of the idempotency key
     * @param refundable what Toss was told it holds before
     * @param at when it began, or ended
     * @param answered whether Toss answered, and would repeat that answer under the same key
     */
    public record Call(int number, Money refundable, Instant at, boolean answered) {}

    static StrayCapture found(StrayCaptureId id, Payment payment, Stray stray, Instant now) {
        return new StrayCapture(
                id,
                payment.id(),
                payment.orderId(),
                payment.purchase().tenantId(),
                stray.paymentKey(),
                stray.reason(),
                StrayCaptureStatus.FOUND,
                stray.held(),
                null,
                Uncertainty.NONE,
                null,
                null,
                null,
                now,
                now);
    }

    /**
     * About to ask Toss.
     *
     * @param refundable what Toss holds
     */
    StrayCapture calling(Money refundable, Instant now) {
        boolean sameKey = call != null && !call.answered() && call.refundable().equals(refundable);
        int number = call == null ? 1 : sameKey ? call.number() : call.number() + 1;
        return moveTo(
                StrayCaptureStatus.UNKNOWN,
                new Call(number, refundable, now, false),
                uncertainty,
                null,
                null,
                null,
                now);
    }

    /** It cannot be said yet whether it counts, or Toss cannot be asked; nothing is wrong with it. */
    StrayCapture waiting(Instant now) {
        return moveTo(status, call, uncertainty.heldUp(), null, null, code, now);
    }

    /**
     * Asked, and still not known.
     *
     * @param answered whether Toss would repeat what it said to the last call under the same key
     */
    StrayCapture notKnown(boolean answered, Instant now) {
        return moveTo(status, ended(answered, now), uncertainty.notKnown(answered), null, null, code, now);
    }

    /** The same, for a reason that is not of this capture. */
    StrayCapture heldUp(boolean answered, Instant now) {
        return moveTo(status, ended(answered, now), uncertainty.heldUp(), null, null, code, now);
    }

    private @Nullable Call ended(boolean answered, Instant now) {
        return call == null || !answered ? call : new Call(call.number(), call.refundable(), now, true);
    }

    /** Only a person can have it given back. */
    StrayCapture left(String why, Instant now) {
        return moveTo(StrayCaptureStatus.LEFT, call, uncertainty, null, null, why, now);
    }

    /** By a call of ours. */
    StrayCapture refunded(GatewayCancel cancel, Instant now) {
        return moveTo(
                StrayCaptureStatus.REFUNDED,
                call,
                uncertainty,
                RefundOrigin.AUTOMATIC,
                cancel.transactionKey(),
                null,
                now);
    }

    /** By someone else, such as in Toss's console. */
    StrayCapture refundedElsewhere(Instant now) {
        return moveTo(StrayCaptureStatus.REFUNDED, call, uncertainty, RefundOrigin.EXTERNAL, null, null, now);
    }

    StrayCapture counted(Instant now) {
        return moveTo(StrayCaptureStatus.COUNTED, call, uncertainty, null, null, null, now);
    }

    StrayCapture notHeld(Instant now) {
        return moveTo(StrayCaptureStatus.NOT_HELD, call, uncertainty, null, null, null, now);
    }

    /** Whether a cancel is what Toss was asked for: it took all of the very sum we named. */
    boolean became(GatewayCancel cancel) {
        return call != null
                && cancel.amount().equals(call.refundable())
                && cancel.balanceAfter().isZero();
    }

    private StrayCapture moveTo(
            StrayCaptureStatus to,
            @Nullable Call lastCall,
            Uncertainty still,
            @Nullable RefundOrigin by,
            @Nullable String cancelled,
            @Nullable String why,
            Instant now) {
        if (to != status && !status.next().contains(to)) {
            throw new IllegalStateException(
                    "stray capture " + id + ": " + status + " -> " + to + " (expected: one of " + status.next() + ")");
        }
        return new StrayCapture(
                id,
                paymentId,
                orderId,
                tenantId,
                paymentKey,
                reason,
                to,
                amount,
                lastCall,
                still,
                by,
                cancelled,
                why,
                foundAt,
                to == status ? changedAt : now);
    }
}
