package dev.wonflow.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what answers of Toss mean for a payment; does nothing. Answers overtake each other, so one takes a state back
 * only if it was asked for after that state was reached. The same answer on a payment that has taken it in gives no
 * steps.
 */
final class Judgement {

    private final Payment payment;
    private final boolean upToDate;
    private final Instant now;
    private final Duration grace;

    /**
     * About one payment and one answer.
     *
     * @param asOf version of the payment when Toss was asked
     * @param grace time a virtual account gets beyond its due date
     */
    Judgement(Payment payment, long asOf, Instant now, Duration grace) {
        this.payment = payment;
        this.upToDate = asOf == payment.version();
        this.now = now;
        this.grace = grace;
    }

    /** Judges the answer to the confirm call of the try {@code key}. */
    Verdict on(PaymentKey key, GatewayOutcome outcome) {
        return minded(
                switch (outcome) {
                    case GatewayOutcome.Approved(Charge charge) -> seen(key, GatewayFinding.State.DONE, charge, null);
                    case GatewayOutcome.WaitingForDeposit(Charge charge) ->
                        seen(key, GatewayFinding.State.WAITING_FOR_DEPOSIT, charge, null);
                    case GatewayOutcome.Declined(Failure failure) -> declined(key, failure);
                    case GatewayOutcome.Baseless(Failure failure, var oddity, String detail) ->
                        odd(declined(key, failure), oddity, detail);
                    case GatewayOutcome.NotFound(Failure failure) -> unknown(key, failure.code());
                    case GatewayOutcome.Unknown(String cause) -> unknown(key, cause);
                    case GatewayOutcome.OurFault(String code) ->
                        unknown(key, code).with(incident(Incident.Kind.OUR_FAULT, code));
                });
    }

    /**
     * Judges what Toss said when asked.
     *
     * @param asked the paymentKey asked for; {@code null} if asked by order
     */
    Verdict on(@Nullable PaymentKey asked, GatewayFinding finding) {
        return minded(
                switch (finding) {
                    case GatewayFinding.Seen(var state, Charge charge, Failure failure) ->
                        isOfAnotherOrder(asked, charge)
                                ? ofAnotherOrder(charge)
                                : seen(asked == null ? charge.paymentKey() : asked, state, charge, failure);
                    case GatewayFinding.Absent _, GatewayFinding.Unclear _ -> Verdict.NOTHING;
                    case GatewayFinding.OurFault(String code) -> problem(Incident.Kind.OUR_FAULT, code);
                });
    }

    private boolean isOfAnotherOrder(@Nullable PaymentKey asked, Charge charge) {
        return charge.paymentKey().equals(asked) && !charge.orderId().equals(payment.orderId());
    }

    /**
     * A paymentKey belongs to one order for ever, so a try made with another order's can never become money of ours.
     */
    private Verdict ofAnotherOrder(Charge charge) {
        return odd(
                refused(charge.paymentKey(), new Failure(Failure.WINDOW_DIFFERS, null)),
                Incident.Kind.WINDOW_DIFFERS,
                "orderId: " + charge.orderId() + " (expected: " + payment.orderId() + ")");
    }

    private Verdict seen(PaymentKey asked, GatewayFinding.State state, Charge charge, @Nullable Failure failure) {
        if (!charge.paymentKey().equals(asked)) {
            return contradicted(asked, "paymentKey: another one (expected: the one asked for)");
        }
        Optional<String> contradiction = charge.contradiction(
                payment.purchase().orderId(), payment.purchase().amount());
        return contradiction.isPresent()
                ? differing(state, charge, failure, contradiction.get())
                : fitting(state, charge, failure);
    }

    private Verdict fitting(GatewayFinding.State state, Charge charge, @Nullable Failure failure) {
        return switch (state) {
            case DONE -> approved(charge);
            case WAITING_FOR_DEPOSIT -> charge.isRunOut(now, grace) ? runOut(charge) : awaited(charge);
            case CANCELED, PARTIAL_CANCELED -> charge.approvedAt() == null ? canceled(charge) : refunded(charge);
            case ABORTED, EXPIRED -> refused(charge.paymentKey(), reason(state, failure));
            case READY, IN_PROGRESS, UNLISTED -> Verdict.NOTHING;
        };
    }

    /**
     * The window was opened for another amount, in the browser, where anybody can. If Toss holds no money for it, the
     * try is over like any other; money of another amount decides nothing.
     */
    private Verdict differing(
            GatewayFinding.State state, Charge charge, @Nullable Failure failure, String contradiction) {
        PaymentKey key = charge.paymentKey();
        boolean held = switch (state) {
            case DONE, UNLISTED -> true;
            case WAITING_FOR_DEPOSIT -> !charge.isRunOut(now, grace);
            case CANCELED, PARTIAL_CANCELED ->
                charge.approvedAt() != null && !charge.balance().isZero();
            case READY, IN_PROGRESS, ABORTED, EXPIRED -> false;
        };
        if (held) {
            return contradicted(key, contradiction);
        }
        if (state.isBeforeMoney()) {
            return payment.status().isUndecided() && payment.isTriedWith(key)
                    ? problem(Incident.Kind.WINDOW_DIFFERS, contradiction)
                    : Verdict.NOTHING;
        }
        return odd(refused(key, reason(state, failure)), Incident.Kind.WINDOW_DIFFERS, contradiction);
    }

    private static Failure reason(GatewayFinding.State state, @Nullable Failure failure) {
        return switch (state) {
            case ABORTED -> failure == null ? new Failure("ABORTED", null) : failure;
            case CANCELED, PARTIAL_CANCELED -> new Failure("CANCELED", null);
            case EXPIRED, WAITING_FOR_DEPOSIT, READY, IN_PROGRESS, DONE, UNLISTED ->
                new Failure(Failure.EXPIRED, failure == null ? null : failure.message());
        };
    }

    /** An answer about something else decides nothing: a try under way is unknown then, whatever the answer says. */
    private Verdict contradicted(PaymentKey asked, String detail) {
        return unknown(asked, "ANSWER_CONTRADICTS").with(incident(Incident.Kind.ANSWER_CONTRADICTS, detail));
    }

    private Verdict approved(Charge charge) {
        boolean ours = payment.isTriedWith(charge.paymentKey());
        // Of all money only a deposit can be gone again without a refund that says so.
        boolean stillThere = upToDate || !charge.isDeposit();
        return switch (payment.status()) {
            case REQUESTED -> Verdict.of(payment.paid(charge, now));
            case FAILED -> stillThere ? Verdict.of(payment.paid(charge, now)) : Verdict.DOUBTED;
            case CONFIRMING, UNKNOWN -> ours ? Verdict.of(payment.paid(charge, now)) : secondCharge(charge);
            case WAITING_FOR_DEPOSIT -> {
                if (!ours) {
                    yield secondCharge(charge);
                }
                yield upToDate || !payment.isReversed() ? Verdict.of(payment.paid(charge, now)) : Verdict.DOUBTED;
            }
            // DONE after a refund is an answer from before it.
            case PAID, PARTIALLY_REFUNDED, REFUNDED -> ours ? Verdict.NOTHING : secondCharge(charge);
            case CANCELED ->
                stillThere
                        ? Verdict.of(payment.paid(charge, now))
                                .with(incident(Incident.Kind.CHARGED_AFTER_END, "Toss says DONE (expected: no money)"))
                        : Verdict.DOUBTED;
        };
    }

    private Verdict awaited(Charge charge) {
        boolean ours = payment.isTriedWith(charge.paymentKey());
        return switch (payment.status()) {
            case REQUESTED -> Verdict.of(payment.waitingForDeposit(charge, now));
            case FAILED -> upToDate ? Verdict.of(payment.waitingForDeposit(charge, now)) : Verdict.DOUBTED;
            case CONFIRMING, UNKNOWN ->
                ours ? Verdict.of(payment.waitingForDeposit(charge, now)) : secondCharge(charge);
            case PAID -> {
                if (!ours) {
                    yield secondCharge(charge);
                }
                yield upToDate ? Verdict.of(payment.waitingForDeposit(charge, now)) : Verdict.DOUBTED;
            }
            case WAITING_FOR_DEPOSIT -> ours ? Verdict.NOTHING : secondCharge(charge);
            // The account is closed at Toss; here nothing changes.
            case CANCELED -> upToDate ? Verdict.NOTHING : Verdict.DOUBTED;
            case PARTIALLY_REFUNDED, REFUNDED ->
                upToDate ? problem(Incident.Kind.IMPOSSIBLE_STATE, "Toss says WAITING_FOR_DEPOSIT") : Verdict.DOUBTED;
        };
    }

    /** No deposit came in time, which Toss tells nobody and calls waiting as before. */
    private Verdict runOut(Charge charge) {
        Failure expired = new Failure(Failure.EXPIRED, null);
        return switch (payment.status()) {
            case REQUESTED, CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT, FAILED, CANCELED ->
                refused(charge.paymentKey(), expired);
            case PAID -> {
                Verdict reversed = awaited(charge);
                yield reversed.changes()
                        ? reversed.andThen(reversed.applied(payment).failed(expired, now))
                        : reversed;
            }
            case PARTIALLY_REFUNDED, REFUNDED -> awaited(charge);
        };
    }

    /** What a confirm call was told. Toss may have gone on since: an account that waits was opened by that very try. */
    private Verdict declined(PaymentKey key, Failure failure) {
        boolean overtaken = payment.status() == PaymentStatus.WAITING_FOR_DEPOSIT && !upToDate;
        return overtaken && payment.isTriedWith(key) ? Verdict.DOUBTED : refused(key, failure);
    }

    /** A state Toss never leaves again, so that the answer cannot be out of date. */
    private Verdict refused(PaymentKey key, Failure failure) {
        return switch (payment.status()) {
            case REQUESTED -> Verdict.of(payment.failed(failure, now));
            // Of an earlier try, this says nothing about the one that counts.
            case CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT ->
                payment.isTriedWith(key) ? Verdict.of(payment.failed(failure, now)) : Verdict.NOTHING;
            case FAILED, CANCELED -> Verdict.NOTHING;
            case PAID, PARTIALLY_REFUNDED, REFUNDED ->
                payment.isTriedWith(key)
                        ? problem(Incident.Kind.IMPOSSIBLE_STATE, "Toss says " + failure.code())
                        : Verdict.NOTHING;
        };
    }

    /** Money that went back must have come in: a payment that has not seen it come in takes both steps. */
    private Verdict refunded(Charge charge) {
        Verdict approval = approved(charge);
        Payment paid = approval.applied(payment);
        boolean counted = !approval.doubted() && paid.isTriedWith(charge.paymentKey());
        if (!counted || !charge.balance().isLessThan(paid.balance())) {
            return approval;
        }
        Verdict refund = approval.andThen(paid.refunded(charge.balance(), now));
        // Money that came and went leaves nothing to be done.
        return charge.balance().isZero() ? new Verdict(refund.steps(), Optional.empty(), false) : refund;
    }

    /** Closed before any deposit. */
    private Verdict canceled(Charge charge) {
        boolean ours = payment.isTriedWith(charge.paymentKey());
        PaymentEvent.CancelReason reason = payment.isOrderClosed()
                ? PaymentEvent.CancelReason.ORDER_CANCELLED
                : PaymentEvent.CancelReason.DEPOSIT_CANCELED;
        return switch (payment.status()) {
            case REQUESTED, FAILED -> Verdict.of(payment.canceled(reason, now));
            case CONFIRMING, UNKNOWN -> {
                if (!ours) {
                    yield Verdict.NOTHING;
                }
                Payment.Change awaited = payment.waitingForDeposit(charge, now);
                yield Verdict.of(awaited, awaited.payment().canceled(reason, now));
            }
            case WAITING_FOR_DEPOSIT -> ours ? Verdict.of(payment.canceled(reason, now)) : Verdict.NOTHING;
            case CANCELED -> Verdict.NOTHING;
            // The deposit was taken back and the account closed, between two looks of ours.
            case PAID -> {
                if (!ours) {
                    yield Verdict.NOTHING;
                }
                if (!charge.isDeposit()) {
                    yield problem(Incident.Kind.IMPOSSIBLE_STATE, "Toss says CANCELED before approval");
                }
                Payment.Change reversed = payment.waitingForDeposit(charge, now);
                yield Verdict.of(reversed, reversed.payment().canceled(reason, now));
            }
            case PARTIALLY_REFUNDED, REFUNDED ->
                problem(Incident.Kind.IMPOSSIBLE_STATE, "Toss says CANCELED before approval");
        };
    }

    private Verdict unknown(PaymentKey key, String cause) {
        return payment.status() == PaymentStatus.CONFIRMING && payment.isTriedWith(key)
                ? Verdict.of(payment.unknown(cause, now))
                : Verdict.NOTHING;
    }

    /** A closed order takes no further try, and money that came for it all the same has to go back. */
    private Verdict minded(Verdict verdict) {
        if (!payment.isOrderClosed() || !verdict.changes()) {
            return verdict;
        }
        Payment after = verdict.applied(payment);
        return switch (after.status()) {
            case FAILED -> verdict.andThen(after.canceled(PaymentEvent.CancelReason.ORDER_CANCELLED, now));
            case PAID, PARTIALLY_REFUNDED ->
                payment.balance().isZero() ? verdict.with(Incident.paidForClosedOrder(payment.id(), now)) : verdict;
            case REQUESTED, CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT, CANCELED, REFUNDED -> verdict;
        };
    }

    private Verdict secondCharge(Charge charge) {
        return problem(Incident.Kind.SECOND_CHARGE, "Toss holds money under " + charge.paymentKey());
    }

    private Verdict odd(Verdict verdict, Incident.Kind kind, String detail) {
        return verdict.changes() ? verdict.with(incident(kind, detail)) : verdict;
    }

    private Verdict problem(Incident.Kind kind, String detail) {
        return Verdict.NOTHING.with(incident(kind, detail));
    }

    private Incident incident(Incident.Kind kind, String detail) {
        return new Incident(payment.id(), kind, detail, now);
    }
}
