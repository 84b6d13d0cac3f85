package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.card.CardType;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.session.Choice;
import dev.wonflow.sandbox.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A payment as Toss keeps it. Immutable: each step answers the payment after it.
 *
 * @param choice what the buyer picked; null until then, and again once expired
 * @param deadline when a payment not yet confirmed expires; without meaning afterwards
 * @param acceptance null until confirmed
 * @param cancels oldest first
 * @param failure why it was aborted or expired
 */
public record Payment(
        Session session,
        PaymentStatus status,
        Amounts amounts,
        @Nullable Choice choice,
        Instant deadline,
        @Nullable Acceptance acceptance,
        List<Cancel> cancels,
        @Nullable TossError failure) {

    static Payment opened(Session session, Duration lifetime) {
        return new Payment(
                session,
                PaymentStatus.READY,
                Amounts.of(session.amountMinor(), session.taxFreeMinor(), session.taxExemptionMinor()),
                null,
                session.requestedAt().plus(lifetime),
                null,
                List.of(),
                null);
    }

    public Payment authenticated(Choice by, Instant confirmUntil) {
        return new Payment(
                session, next(PaymentStatus.IN_PROGRESS), amounts, by, confirmUntil, acceptance, cancels, failure);
    }

    Payment accepted(Acceptance by) {
        PaymentStatus to = by.instrument() instanceof Instrument.VirtualAccount
                ? PaymentStatus.WAITING_FOR_DEPOSIT
                : PaymentStatus.DONE;
        return moveTo(to, by);
    }

    public Payment deposited(Acceptance by) {
        return moveTo(PaymentStatus.DONE, by);
    }

    /** The bank of the buyer took the deposit back: the account waits for another one. */
    public Payment depositReversed(Acceptance by) {
        return moveTo(PaymentStatus.WAITING_FOR_DEPOSIT, by);
    }

    /** The bank of the buyer took the deposit back, in a version of the API where that was the end. */
    public Payment canceledByReversal(Acceptance by) {
        return new Payment(
                session,
                next(PaymentStatus.CANCELED),
                amounts.without(amounts.balanceMinor(), amounts.taxFreeMinor(), amounts.taxExemptionMinor()),
                choice,
                deadline,
                by,
                cancels,
                failure);
    }

    /**
     * Takes back a part or all.
     *
     * @param restIsWhole whether a part that happens to be the rest makes it CANCELED; otherwise PARTIAL_CANCELED
     */
    public Payment canceled(Cancel cancel, Amounts left, Acceptance after, boolean restIsWhole) {
        boolean whole = left.balanceMinor() == 0 && (restIsWhole || status != PaymentStatus.PARTIAL_CANCELED);
        return new Payment(
                session,
                next(whole ? PaymentStatus.CANCELED : PaymentStatus.PARTIAL_CANCELED),
                left,
                choice,
                deadline,
                after,
                Stream.concat(cancels.stream(), Stream.of(cancel)).toList(),
                failure);
    }

    /**
     * Asks the provider overseas to give back a part or all: the balance shrinks, and the status waits for the answer.
     */
    public Payment cancelAsked(Cancel cancel, Amounts left) {
        return with(left, Stream.concat(cancels.stream(), Stream.of(cancel)).toList(), status);
    }

    /**
     * The provider overseas gave the money of a cancel in progress back.
     *
     * @param restIsWhole as at {@link #canceled}
     */
    public Payment cancelDone(Cancel asked, Instant at, boolean restIsWhole) {
        List<Cancel> all = replaced(asked, asked.done(at));
        boolean nothingLeft = amounts.balanceMinor() == 0
                && all.stream().noneMatch(cancel -> cancel.status() == CancelStatus.IN_PROGRESS);
        boolean whole = asked.amountMinor() == amounts.totalMinor() || (restIsWhole && nothingLeft);
        return with(amounts, all, next(whole ? PaymentStatus.CANCELED : PaymentStatus.PARTIAL_CANCELED));
    }

    /** The provider overseas refused a cancel in progress: its amount is back in the balance. */
    public Payment cancelAborted(Cancel asked) {
        Amounts back = amounts.with(asked);
        return with(back, replaced(asked, asked.aborted(back.balanceMinor())), status);
    }

    private Payment with(Amounts changed, List<Cancel> all, PaymentStatus to) {
        return new Payment(session, to, changed, choice, deadline, acceptance, all, failure);
    }

    private List<Cancel> replaced(Cancel before, Cancel after) {
        return cancels.stream()
                .map(cancel -> cancel.equals(before) ? after : cancel)
                .toList();
    }

    /**
     * A cancel the provider overseas has not answered.
     *
     * @param transactionKey which; null for the oldest
     */
    public Optional<Cancel> runningCancel(@Nullable String transactionKey) {
        return cancels.stream()
                .filter(cancel -> cancel.status() == CancelStatus.IN_PROGRESS
                        && (transactionKey == null || transactionKey.equals(cancel.transactionKey())))
                .findFirst();
    }

    /** The same payment with a detail of what it was paid with changed; not a step of its life. */
    public Payment with(Acceptance detail) {
        return new Payment(session, status, amounts, choice, deadline, detail, cancels, failure);
    }

    public Payment aborted(TossError why) {
        return new Payment(session, next(PaymentStatus.ABORTED), amounts, choice, deadline, acceptance, cancels, why);
    }

    /** Whether nobody finished it in time. */
    boolean isOverdue(Instant now) {
        return status.canExpire() && !now.isBefore(deadline);
    }

    Payment expired() {
        return new Payment(
                session,
                next(PaymentStatus.EXPIRED),
                amounts,
                null,
                deadline,
                acceptance,
                cancels,
                TossError.EXPIRED_PAYMENT);
    }

    /** What it is paid with; null until confirmed. */
    public @Nullable Instrument instrument() {
        return acceptance == null ? null : acceptance.instrument();
    }

    /** The method the buyer picked; null until then, and again once expired. */
    public @Nullable PaymentMethod method() {
        return choice == null ? null : choice.method();
    }

    /** Key of the latest transaction: the approval, or what came after it. Null until confirmed. */
    public @Nullable String lastTransactionKey() {
        if (acceptance == null) {
            return null;
        }
        return cancels.reversed().stream()
                .filter(cancel -> cancel.status() == CancelStatus.DONE)
                .findFirst()
                .map(Cancel::transactionKey)
                .orElse(acceptance.transactionKey());
    }

    /** Whether a part of it can be cancelled; otherwise only the whole can. */
    public boolean isPartialCancelable() {
        return !session.terms().useEscrow()
                && !(instrument() instanceof Instrument.Card card
                        && (session.taxExemptionMinor() > 0 || card.face().type() == CardType.GIFT));
    }

    public String paymentKey() {
        return session.paymentKey();
    }

    public String orderId() {
        return session.orderId();
    }

    private Payment moveTo(PaymentStatus to, Acceptance with) {
        return new Payment(session, next(to), amounts, choice, deadline, with, cancels, failure);
    }

    private PaymentStatus next(PaymentStatus to) {
        if (!status.next().contains(to)) {
            throw new IllegalTransition(paymentKey(), status, to);
        }
        return to;
    }
}
