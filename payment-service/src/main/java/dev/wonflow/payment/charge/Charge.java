package dev.wonflow.payment.charge;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.gateway.ChargeOutcome;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.payment.payment.Purchase;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money to be taken by a billing method. Immutable; a step answers the new state.
 *
 * @param orderName shown to the buyer; 1 to 100 characters
 * @param taxFree part of the amount that carries no VAT
 * @param callNumber part of the idempotency key of the next call
 * @param calledAt when a call was last known to have been made; {@code null} if none is
 * @param uncertainty how long it has not been known whether the money was taken
 * @param paymentId the payment it became
 * @param failure why no money was taken
 * @param remedy what can help after that
 * @param changedAt since when it has its status
 * @param version number of stored states, and the sequence of its events
 */
public record Charge(
        ChargeId id,
        TenantId tenantId,
        BillingMethodId methodId,
        String orderName,
        Money amount,
        Money taxFree,
        ChargeStatus status,
        int callNumber,
        @Nullable Instant calledAt,
        Uncertainty uncertainty,
        @Nullable PaymentId paymentId,
        @Nullable Failure failure,
        ChargeOutcome.@Nullable Remedy remedy,
        Instant requestedAt,
        Instant changedAt,
        long version) {

    private static final int MAX_ORDER_NAME = 100;

    public Charge {
        Text.require("orderName", orderName, MAX_ORDER_NAME);
        if (amount.isLessThan(Purchase.MINIMUM)) {
            throw new IllegalArgumentException("amount: " + amount + " (expected: at least " + Purchase.MINIMUM + ")");
        }
        if (amount.isLessThan(taxFree)) {
            throw new IllegalArgumentException("taxFreeAmount: " + taxFree + " (expected: at most " + amount + ")");
        }
    }

    /**
     * One that someone asks for.
     *
     * @throws IllegalArgumentException if there can be no such charge
     */
    public static Charge requested(
            ChargeId id,
            TenantId tenantId,
            BillingMethodId methodId,
            String orderName,
            Money amount,
            Money taxFree,
            Instant now) {
        return new Charge(
                id,
                tenantId,
                methodId,
                orderName,
                amount,
                taxFree,
                ChargeStatus.REQUESTED,
                1,
                null,
                Uncertainty.NONE,
                null,
                null,
                null,
                now,
                now,
                1);
    }

    public OrderId orderId() {
        return id.orderId();
    }

    /** Whether the same is asked for. */
    boolean asksFor(Charge other) {
        return tenantId.equals(other.tenantId)
                && methodId.equals(other.methodId)
                && orderName.equals(other.orderName)
                && amount.equals(other.amount)
                && taxFree.equals(other.taxFree);
    }

    /**
     * It is not known whether the money was taken.
     *
     * @param called when a call was made, or may have been; {@code null} if Toss was only asked
     * @param answered whether Toss would repeat what it said under the same key
     */
    Charge notKnown(@Nullable Instant called, boolean answered, Instant now) {
        return unknown(called, answered, uncertainty.notKnown(answered), now);
    }

    /** The same, for a reason that is not of this charge. */
    Charge heldUp(@Nullable Instant called, boolean answered, Instant now) {
        return unknown(called, answered, uncertainty.heldUp(), now);
    }

    private Charge unknown(@Nullable Instant called, boolean answered, Uncertainty longer, Instant now) {
        return moveTo(
                ChargeStatus.UNKNOWN,
                answered ? callNumber + 1 : callNumber,
                called == null ? calledAt : called,
                longer,
                null,
                null,
                null,
                status == ChargeStatus.UNKNOWN ? changedAt : now);
    }

    Charge paid(PaymentId payment, Instant now) {
        return ended(ChargeStatus.PAID, payment, null, null, now);
    }

    Charge failed(Failure reason, ChargeOutcome.Remedy help, Instant now) {
        return ended(ChargeStatus.FAILED, null, reason, help, now);
    }

    private Charge ended(
            ChargeStatus as,
            @Nullable PaymentId payment,
            @Nullable Failure why,
            ChargeOutcome.@Nullable Remedy help,
            Instant now) {
        return moveTo(as, callNumber, calledAt, uncertainty, payment, why, help, now);
    }

    private Charge moveTo(
            ChargeStatus to,
            int nextCall,
            @Nullable Instant lastCall,
            Uncertainty still,
            @Nullable PaymentId payment,
            @Nullable Failure why,
            ChargeOutcome.@Nullable Remedy help,
            Instant since) {
        if (!status.next().contains(to)) {
            throw new IllegalStateException(
                    "charge " + id + ": " + status + " -> " + to + " (expected: one of " + status.next() + ")");
        }
        return new Charge(
                id,
                tenantId,
                methodId,
                orderName,
                amount,
                taxFree,
                to,
                nextCall,
                lastCall,
                still,
                payment,
                why,
                help,
                requestedAt,
                since,
                version + 1);
    }
}
