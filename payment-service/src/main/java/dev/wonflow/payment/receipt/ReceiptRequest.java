package dev.wonflow.payment.receipt;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.gateway.ReceiptType;
import dev.wonflow.payment.gateway.Uncertainty;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Toss is to ask the tax office for: a cash receipt, or to take one of ours back. Immutable; a step answers the
 * new state. Changed only while its payment is held.
 *
 * @param kind whether a receipt is asked for, or one taken back
 * @param amount that of the payment when Toss is first asked for a receipt, and zero before
 * @param taxFree part of the amount that carried no VAT
 * @param receiptKey the receipt that is taken back, or the one that was issued
 * @param requestKey key of the caller's request, by which a repeat finds it
 * @param call the last call to Toss; {@code null} before the first
 * @param uncertainty how long it has not been known what came of it
 * @param failure why nothing came of it
 * @param changedAt since when it has its status
 */
public record ReceiptRequest(
        ReceiptRequestId id,
        PaymentId paymentId,
        GatewayReceipt.Kind kind,
        ReceiptType type,
        ReceiptRequestStatus status,
        Money amount,
        Money taxFree,
        @Nullable String receiptKey,
        @Nullable String requestKey,
        @Nullable Call call,
        Uncertainty uncertainty,
        @Nullable Failure failure,
        Instant requestedAt,
        Instant changedAt) {

    private static final Failure ENDED_BY_OPERATOR = new Failure("ENDED_BY_OPERATOR", null);

    /**
     * A call to Toss.
     *
     * @param number part of the idempotency key
     * @param firstAt when Toss was called for the first time
     * @param at when the last call began, or was answered
     * @param answered whether Toss answered, and would repeat that answer under the same key
     */
    public record Call(int number, Instant firstAt, Instant at, boolean answered) {}

    static ReceiptRequest issue(
            ReceiptRequestId id, PaymentId paymentId, ReceiptType type, @Nullable String requestKey, Instant now) {
        return requested(id, paymentId, GatewayReceipt.Kind.CONFIRM, type, Money.ZERO, null, requestKey, now);
    }

    static ReceiptRequest cancel(
            ReceiptRequestId id, PaymentId paymentId, ReceiptType type, String receiptKey, Money amount, Instant now) {
        return requested(id, paymentId, GatewayReceipt.Kind.CANCEL, type, amount, receiptKey, null, now);
    }

    private static ReceiptRequest requested(
            ReceiptRequestId id,
            PaymentId paymentId,
            GatewayReceipt.Kind kind,
            ReceiptType type,
            Money amount,
            @Nullable String receiptKey,
            @Nullable String requestKey,
            Instant now) {
        return new ReceiptRequest(
                id,
                paymentId,
                kind,
                type,
                ReceiptRequestStatus.REQUESTED,
                amount,
                Money.ZERO,
                receiptKey,
                requestKey,
                null,
                Uncertainty.NONE,
                null,
                now,
                now);
    }

    /** About to ask Toss for the first time for a receipt over this amount. */
    ReceiptRequest calling(Money over, Money ofItTaxFree, Instant now) {
        return new ReceiptRequest(
                        id,
                        paymentId,
                        kind,
                        type,
                        status,
                        over,
                        ofItTaxFree,
                        receiptKey,
                        requestKey,
                        call,
                        uncertainty,
                        failure,
                        requestedAt,
                        changedAt)
                .calling(now);
    }

    /** About to ask Toss; under a key of its own if Toss would repeat an answer under the last one. */
    ReceiptRequest calling(Instant now) {
        Call next = call == null
                ? new Call(1, now, now, false)
                : new Call(call.answered() ? call.number() + 1 : call.number(), call.firstAt(), now, false);
        return moveTo(
                ReceiptRequestStatus.UNKNOWN, next, uncertainty, receiptKey, null, call == null ? now : changedAt);
    }

    /**
     * Asked, and still not known.
     *
     * @param answered whether Toss would repeat what it said under the same key
     */
    ReceiptRequest notKnown(boolean answered, Instant now) {
        return open(answered, uncertainty.notKnown(answered), now);
    }

    /** The same, for a reason that is not of this request. */
    ReceiptRequest heldUp(boolean answered, Instant now) {
        return open(answered, uncertainty.heldUp(), now);
    }

    private ReceiptRequest open(boolean answered, Uncertainty longer, Instant now) {
        Call last = call == null
                ? null
                : new Call(call.number(), call.firstAt(), answered ? now : call.at(), call.answered() || answered);
        return moveTo(status, last, longer, receiptKey, null, changedAt);
    }

    /** Passed on to the tax office. */
    ReceiptRequest done(String issuedOrCancelled, Instant now) {
        return moveTo(ReceiptRequestStatus.DONE, call, uncertainty, issuedOrCancelled, null, now);
    }

    ReceiptRequest failed(Failure why, Instant now) {
        return moveTo(ReceiptRequestStatus.FAILED, call, uncertainty, receiptKey, why, now);
    }

    /** Nothing is to come of it any more, by the word of a person who has looked. */
    ReceiptRequest endedByOperator(Instant now) {
        return failed(ENDED_BY_OPERATOR, now);
    }

    boolean isEndedByOperator() {
        return ENDED_BY_OPERATOR.equals(failure);
    }

    /** Whether a call may still be answered that began within {@code longest}. */
    boolean mayBeUnderWay(Instant now, Duration longest) {
        return status == ReceiptRequestStatus.UNKNOWN
                && call != null
                && !call.answered()
                && now.isBefore(call.at().plus(longest));
    }

    /** The receipt that is taken back. */
    String takenBack() {
        if (receiptKey == null) {
            throw new IllegalStateException(
                    "cash receipt request " + id + ": no receipt (expected: the one that is taken back)");
        }
        return receiptKey;
    }

    Call called() {
        if (call == null) {
            throw new IllegalStateException("cash receipt request " + id + " is " + status.text()
                    + " without a call (expected: the call under way)");
        }
        return call;
    }

    private ReceiptRequest moveTo(
            ReceiptRequestStatus to,
            @Nullable Call lastCall,
            Uncertainty still,
            @Nullable String key,
            @Nullable Failure why,
            Instant now) {
        if (!status.next().contains(to)) {
            throw new IllegalStateException("cash receipt request " + id + ": " + status + " -> " + to
                    + " (expected: one of " + status.next() + ")");
        }
        return new ReceiptRequest(
                id,
                paymentId,
                kind,
                type,
                to,
                amount,
                taxFree,
                key,
                requestKey,
                lastCall,
                still,
                why,
                requestedAt,
                now);
    }
}
