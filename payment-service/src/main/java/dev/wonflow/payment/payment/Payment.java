package dev.wonflow.payment.payment;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.Remittance;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.ledger.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The money side of one order. Immutable; a step answers the new state and, where others need to know, the event.
 *
 * @param livemode whether real money moves
 * @param paymentKey the attempt that counts: under way, or the last one
 * @param funds what Toss holds; {@code null} until it holds or awaits something
 * @param failure why the last attempt took no money; {@code null} if it did or may have
 * @param changedAt since when the payment has its status
 * @param orderClosedAt when we learned that the order was called off; no attempt starts after it
 * @param accountAskedAt since when Toss is asked for a virtual account, as long as it is not known what became of that;
 *     no attempt starts meanwhile
 * @param version number of stored states, and the sequence of the payment's events
 */
public record Payment(
        PaymentId id,
        Purchase purchase,
        boolean livemode,
        PaymentStatus status,
        @Nullable PaymentKey paymentKey,
        @Nullable CapturedFunds funds,
        @Nullable Failure failure,
        Instant requestedAt,
        Instant changedAt,
        @Nullable Instant orderClosedAt,
        @Nullable Instant accountAskedAt,
        long version) {

    /**
     * A new state and the event that tells of it: stored in one transaction, or neither is.
     *
     * @param before where the money was
     */
    public record Change(Position before, Payment payment, PaymentEvent event) {

        /** The same step, to be stored after the state of {@code stored}. */
        Change after(Payment stored) {
            return new Change(before, payment.after(stored), event);
        }
    }

    public static Change requested(PaymentId id, Purchase purchase, boolean livemode, Instant now) {
        return new Change(
                Position.NOTHING,
                new Payment(id, purchase, livemode, PaymentStatus.REQUESTED, null, null, null, now, now, null, null, 0),
                new PaymentEvent.Requested(now));
    }

    /** Starts an attempt. Publishes nothing: an attempt under way concerns nobody else. */
    public Payment confirming(PaymentKey key, Instant now) {
        if (isOrderClosed()) {
            throw new IllegalStateException(
                    "payment " + id + ": an attempt for an order closed at " + orderClosedAt + " (expected: none)");
        }
        if (isAccountAsked()) {
            throw new IllegalStateException("payment " + id + ": an attempt while Toss is asked for an account since "
                    + accountAskedAt + " (expected: none)");
        }
        return moveTo(PaymentStatus.CONFIRMING, key, null, null, now);
    }

    /**
     * Toss is about to be asked for a virtual account. Publishes nothing, and is no attempt: no money can move by it,
     * and until there is an account nobody can pay into it.
     */
    Payment accountAsked(Instant now) {
        if (isOrderClosed() || isAccountAsked() || !status.takesAttempts()) {
            throw new IllegalStateException("payment " + id + " is " + status.text()
                    + ": no account may be asked for (expected: requested or failed, of an open order)");
        }
        return withAccountAskedAt(now);
    }

    /** It is known what became of the account Toss was asked for. */
    Payment accountAnswered() {
        return withAccountAskedAt(null);
    }

    private Payment withAccountAskedAt(@Nullable Instant at) {
        return new Payment(
                id,
                purchase,
                livemode,
                status,
                paymentKey,
                funds,
                failure,
                requestedAt,
                changedAt,
                orderClosedAt,
                at,
                version);
    }

    /** What an entry of the ledger says of the payment it comes from. */
    public LedgerEntry.Source ledgerSource() {
        return new LedgerEntry.Source(id, version, purchase.tenantId(), livemode);
    }

    public Change unknown(String cause, Instant now) {
        return new Change(
                position(),
                moveTo(PaymentStatus.UNKNOWN, paymentKey, null, null, now),
                new PaymentEvent.OutcomeUnknown(cause, now));
    }

    public Change waitingForDeposit(GatewayPayment gatewayPayment, Instant now) {
        boolean reversal = status == PaymentStatus.PAID;
        return new Change(
                position(),
                moveTo(
                                PaymentStatus.WAITING_FOR_DEPOSIT,
                                gatewayPayment.paymentKey(),
                                CapturedFunds.of(gatewayPayment).awaited(reversal ? now : null),
                                null,
                                now)
                        .accountAnswered(),
                reversal
                        ? new PaymentEvent.Reversed(now)
                        : new PaymentEvent.DepositAwaited(gatewayPayment.dueAt(), now));
    }

    /** Counts the whole amount as taken; what has gone back since is a step of its own. */
    public Change paid(GatewayPayment gatewayPayment, Instant now) {
        Instant approvedAt = gatewayPayment.approvedAt() == null ? now : gatewayPayment.approvedAt();
        Payment paid = moveTo(
                PaymentStatus.PAID,
                gatewayPayment.paymentKey(),
                CapturedFunds.of(gatewayPayment).taken(purchase.amount(), approvedAt),
                null,
                now);
        return new Change(
                position(),
                gatewayPayment.isDeposit() ? paid.accountAnswered() : paid,
                new PaymentEvent.Paid(gatewayPayment.paymentKey(), gatewayPayment.method(), approvedAt));
    }

    public Change failed(Failure reason, Instant now) {
        return new Change(
                position(),
                moveTo(PaymentStatus.FAILED, paymentKey, null, reason, now),
                new PaymentEvent.Failed(reason, now));
    }

    public Change canceled(PaymentEvent.CancelReason reason, Instant now) {
        return new Change(
                position(),
                moveTo(PaymentStatus.CANCELED, paymentKey, null, null, now),
                new PaymentEvent.Canceled(reason, now));
    }

    /**
     * Money went back. "All of it" means that nothing is left, whatever Toss calls the status.
     *
     * @param balance what is left; less than before
     */
    public Change refunded(Money balance, RefundOrigin origin, Instant now) {
        if (!balance.isLessThan(balance())) {
            throw new IllegalArgumentException(
                    "payment " + id + ": balance " + balance + " (expected: less than " + balance() + ")");
        }
        Money refunded = purchase.amount().minus(balance);
        CapturedFunds rest = funds == null ? null : funds.withBalance(balance);
        return balance.isZero()
                ? new Change(
                        position(),
                        moveTo(PaymentStatus.REFUNDED, paymentKey, rest, null, now),
                        new PaymentEvent.Refunded(refunded, origin, now))
                : new Change(
                        position(),
                        moveTo(PaymentStatus.PARTIALLY_REFUNDED, paymentKey, rest, null, now),
                        new PaymentEvent.PartiallyRefunded(refunded, balance, origin, now));
    }

    /** Tells how far what was refunded has come to the buyer. The money has left us; no state changes. */
    Change remittance(Remittance remittance, Instant now) {
        return new Change(
                position(),
                this,
                new PaymentEvent.RemittanceChanged(remittance, purchase.amount().minus(balance()), now));
    }

    /** Whether money that was deposited has gone back, which the buyer gets days later. */
    boolean isDepositRefunded() {
        return (status == PaymentStatus.PARTIALLY_REFUNDED || status == PaymentStatus.REFUNDED) && isDeposit();
    }

    /** Whether the attempt that counts is a virtual account, which has not run out and was not closed. */
    boolean isDeposit() {
        return funds != null && funds.dueAt() != null;
    }

    /** Remembers that the order was called off. What is under way at Toss goes on; nothing new begins. */
    public Payment orderClosed(Instant now) {
        return new Payment(
                id,
                purchase,
                livemode,
                status,
                paymentKey,
                funds,
                failure,
                requestedAt,
                changedAt,
                now,
                accountAskedAt,
                version);
    }

    public OrderId orderId() {
        return purchase.orderId();
    }

    /** What can still be refunded. */
    public Money balance() {
        return funds == null || funds.approvedAt() == null ? Money.ZERO : funds.balance();
    }

    /** Where the money is: what came for an order that was called off has to go back. */
    Position position() {
        return isOrderClosed() ? new Position(Money.ZERO, balance()) : new Position(balance(), Money.ZERO);
    }

    public boolean isOrderClosed() {
        return orderClosedAt != null;
    }

    /** Whether Toss is asked for a virtual account, and it is not known yet what became of that. */
    public boolean isAccountAsked() {
        return accountAskedAt != null;
    }

    /** Whether the deposit awaited had come once and was taken back. */
    public boolean isReversed() {
        return status == PaymentStatus.WAITING_FOR_DEPOSIT && funds != null && funds.reversedAt() != null;
    }

    /**
     * What to ask Toss for; {@code null} before and between attempts, when no key counts and the order finds whatever
     * Toss has.
     */
    public @Nullable PaymentKey keyToAskFor() {
        return switch (status) {
            case REQUESTED, FAILED, CANCELED -> null;
            case CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT, PAID, PARTIALLY_REFUNDED, REFUNDED -> paymentKey;
        };
    }

    /** Whether {@code key} is the attempt that counts. */
    public boolean isOfAttempt(PaymentKey key) {
        return key.equals(paymentKey);
    }

    /** The same state, to be stored after the one of {@code stored}. */
    Payment after(Payment stored) {
        return new Payment(
                id,
                purchase,
                livemode,
                status,
                paymentKey,
                funds,
                failure,
                requestedAt,
                changedAt,
                orderClosedAt,
                accountAskedAt,
                stored.version);
    }

    private Payment moveTo(
            PaymentStatus to,
            @Nullable PaymentKey key,
            @Nullable CapturedFunds held,
            @Nullable Failure reason,
            Instant now) {
        if (!status.next().contains(to)) {
            throw new IllegalTransition(id, status, to);
        }
        return new Payment(
                id,
                purchase,
                livemode,
                to,
                key,
                held,
                reason,
                requestedAt,
                now,
                orderClosedAt,
                accountAskedAt,
                version);
    }
}
