package dev.wonflow.payment.payment;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final List<Cancels.Noted> cancels;

    /**
     * About one payment and one answer.
     *
     * @param asOf version of the payment when Toss was asked
     * @param grace time a virtual account gets beyond its due date
     * @param cancels what has gone back by this answer and by none before
     */
    Judgement(Payment payment, long asOf, Instant now, Duration grace, List<Cancels.Noted> cancels) {
        this.payment = payment;
        this.upToDate = asOf == payment.version();
        this.now = now;
        this.grace = grace;
        this.cancels = cancels;
    }

    /** Judges the answer to the confirm call of the attempt {@code key}. */
    SettlementDecision on(PaymentKey key, GatewayOutcome outcome) {
        return minded(
                switch (outcome) {
                    case GatewayOutcome.Approved(GatewayPayment gatewayPayment) ->
                        seen(key, GatewayFinding.State.DONE, gatewayPayment, null);
                    case GatewayOutcome.WaitingForDeposit(GatewayPayment gatewayPayment) ->
                        seen(key, GatewayFinding.State.WAITING_FOR_DEPOSIT, gatewayPayment, null);
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
    SettlementDecision on(@Nullable PaymentKey asked, GatewayFinding finding) {
        return minded(
                switch (finding) {
                    case GatewayFinding.Seen(var state, GatewayPayment gatewayPayment, Failure failure) ->
                        isOfAnotherOrder(asked, gatewayPayment)
                                ? ofAnotherOrder(gatewayPayment)
                                : seen(
                                        asked == null ? gatewayPayment.paymentKey() : asked,
                                        state,
                                        gatewayPayment,
                                        failure);
                    case GatewayFinding.Absent _, GatewayFinding.Unclear _ -> SettlementDecision.NOTHING;
                    case GatewayFinding.OurFault(String code) -> problem(Incident.Kind.OUR_FAULT, code);
                });
    }

    private boolean isOfAnotherOrder(@Nullable PaymentKey asked, GatewayPayment gatewayPayment) {
        return gatewayPayment.paymentKey().equals(asked)
                && !gatewayPayment.orderId().equals(payment.orderId());
    }

    /**
     * A paymentKey belongs to one order for ever, so an attempt made with another order's can never become money of
     * ours.
     */
    private SettlementDecision ofAnotherOrder(GatewayPayment gatewayPayment) {
        return odd(
                refused(gatewayPayment.paymentKey(), new Failure(Failure.WINDOW_DIFFERS, null)),
                Incident.Kind.WINDOW_DIFFERS,
                "orderId: " + gatewayPayment.orderId() + " (expected: " + payment.orderId() + ")");
    }

    private SettlementDecision seen(
            PaymentKey asked, GatewayFinding.State state, GatewayPayment gatewayPayment, @Nullable Failure failure) {
        if (!gatewayPayment.paymentKey().equals(asked)) {
            return contradicted(asked, "paymentKey: another one (expected: the one asked for)")
                    .with(stray(state, gatewayPayment));
        }
        Optional<String> contradiction = gatewayPayment.contradiction(
                payment.purchase().orderId(), payment.purchase().amount());
        return contradiction.isPresent()
                ? differing(state, gatewayPayment, failure, contradiction.get())
                : fitting(state, gatewayPayment, failure);
    }

    private SettlementDecision fitting(
            GatewayFinding.State state, GatewayPayment gatewayPayment, @Nullable Failure failure) {
        return switch (state) {
            case DONE -> approved(gatewayPayment);
            case WAITING_FOR_DEPOSIT ->
                gatewayPayment.isRunOut(now, grace) ? runOut(gatewayPayment) : awaited(gatewayPayment);
            case CANCELED, PARTIAL_CANCELED ->
                gatewayPayment.approvedAt() == null ? canceled(gatewayPayment) : refunded(gatewayPayment);
            case ABORTED, EXPIRED -> refused(gatewayPayment.paymentKey(), reason(state, failure));
            case READY, IN_PROGRESS, UNLISTED -> SettlementDecision.NOTHING;
        };
    }

    /**
     * The window was opened for another amount, in the browser, where anybody can. If Toss holds no money for it, the
     * attempt is over like any other; money of another amount decides nothing, and goes back.
     */
    private SettlementDecision differing(
            GatewayFinding.State state,
            GatewayPayment gatewayPayment,
            @Nullable Failure failure,
            String contradiction) {
        PaymentKey key = gatewayPayment.paymentKey();
        boolean held = switch (state) {
            case DONE, UNLISTED -> true;
            case WAITING_FOR_DEPOSIT -> !gatewayPayment.isRunOut(now, grace);
            case CANCELED, PARTIAL_CANCELED ->
                gatewayPayment.approvedAt() != null && !gatewayPayment.balance().isZero();
            case READY, IN_PROGRESS, ABORTED, EXPIRED -> false;
        };
        if (held) {
            return contradicted(key, contradiction).with(stray(state, gatewayPayment));
        }
        if (state.isBeforeMoney()) {
            return payment.status().isUndecided() && payment.isOfAttempt(key)
                    ? problem(Incident.Kind.WINDOW_DIFFERS, contradiction)
                    : SettlementDecision.NOTHING;
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

    /**
     * An answer about something else decides nothing: an attempt under way is unknown then, whatever the answer says.
     */
    private SettlementDecision contradicted(PaymentKey asked, String detail) {
        return unknown(asked, "ANSWER_CONTRADICTS").with(incident(Incident.Kind.ANSWER_CONTRADICTS, detail));
    }

    private SettlementDecision approved(GatewayPayment gatewayPayment) {
        boolean ours = payment.isOfAttempt(gatewayPayment.paymentKey());
        // Of all money only a deposit can be gone again without a refund that says so.
        boolean stillThere = upToDate || !gatewayPayment.isDeposit();
        return switch (payment.status()) {
            case REQUESTED -> SettlementDecision.of(payment.paid(gatewayPayment, now));
            case FAILED ->
                stillThere ? SettlementDecision.of(payment.paid(gatewayPayment, now)) : SettlementDecision.DOUBTED;
            case CONFIRMING, UNKNOWN ->
                ours ? SettlementDecision.of(payment.paid(gatewayPayment, now)) : secondCapture(gatewayPayment);
            case WAITING_FOR_DEPOSIT -> {
                if (!ours) {
                    yield secondCapture(gatewayPayment);
                }
                yield upToDate || !payment.isReversed()
                        ? SettlementDecision.of(payment.paid(gatewayPayment, now))
                        : SettlementDecision.DOUBTED;
            }
            // DONE after a refund is an answer from before it.
            case PAID, PARTIALLY_REFUNDED, REFUNDED ->
                ours ? SettlementDecision.NOTHING : secondCapture(gatewayPayment);
            case CANCELED ->
                stillThere
                        ? SettlementDecision.of(payment.paid(gatewayPayment, now))
                                .with(incident(Incident.Kind.CHARGED_AFTER_END, "Toss says DONE (expected: no money)"))
                        : SettlementDecision.DOUBTED;
        };
    }

    private SettlementDecision awaited(GatewayPayment gatewayPayment) {
        boolean ours = payment.isOfAttempt(gatewayPayment.paymentKey());
        return switch (payment.status()) {
            case REQUESTED -> SettlementDecision.of(payment.waitingForDeposit(gatewayPayment, now));
            case FAILED ->
                upToDate
                        ? SettlementDecision.of(payment.waitingForDeposit(gatewayPayment, now))
                        : SettlementDecision.DOUBTED;
            case CONFIRMING, UNKNOWN ->
                ours
                        ? SettlementDecision.of(payment.waitingForDeposit(gatewayPayment, now))
                        : secondCharge(gatewayPayment);
            case PAID -> {
                if (!ours) {
                    yield secondCharge(gatewayPayment);
                }
                yield upToDate
                        ? SettlementDecision.of(payment.waitingForDeposit(gatewayPayment, now))
                        : SettlementDecision.DOUBTED;
            }
            case WAITING_FOR_DEPOSIT -> ours ? SettlementDecision.NOTHING : secondCharge(gatewayPayment);
            // The account is closed at Toss; here nothing changes.
            case CANCELED -> upToDate ? SettlementDecision.NOTHING : SettlementDecision.DOUBTED;
            case PARTIALLY_REFUNDED, REFUNDED ->
                upToDate
                        ? problem(Incident.Kind.IMPOSSIBLE_STATE, "Toss says WAITING_FOR_DEPOSIT")
                        : SettlementDecision.DOUBTED;
        };
    }

    /** No deposit came in time, which Toss tells nobody and calls waiting as before. */
    private SettlementDecision runOut(GatewayPayment gatewayPayment) {
        Failure expired = new Failure(Failure.EXPIRED, null);
        return switch (payment.status()) {
            case REQUESTED, CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT, FAILED, CANCELED ->
                refused(gatewayPayment.paymentKey(), expired);
            case PAID -> {
                SettlementDecision reversed = awaited(gatewayPayment);
                yield reversed.changes()
                        ? reversed.andThen(reversed.applied(payment).failed(expired, now))
                        : reversed;
            }
            case PARTIALLY_REFUNDED, REFUNDED -> awaited(gatewayPayment);
        };
    }

    /**
     * What a confirm call was told. Toss may have gone on since: an account that waits was opened by that very attempt.
     */
    private SettlementDecision declined(PaymentKey key, Failure failure) {
        boolean overtaken = payment.status() == PaymentStatus.WAITING_FOR_DEPOSIT && !upToDate;
        return overtaken && payment.isOfAttempt(key) ? SettlementDecision.DOUBTED : refused(key, failure);
    }

    /** A state Toss never leaves again, so that the answer cannot be out of date. */
    private SettlementDecision refused(PaymentKey key, Failure failure) {
        return switch (payment.status()) {
            case REQUESTED -> SettlementDecision.of(payment.failed(failure, now));
            // Of an earlier attempt, this says nothing about the one that counts.
            case CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT ->
                payment.isOfAttempt(key)
                        ? SettlementDecision.of(payment.failed(failure, now))
                        : SettlementDecision.NOTHING;
            case FAILED, CANCELED -> SettlementDecision.NOTHING;
            case PAID, PARTIALLY_REFUNDED, REFUNDED ->
                payment.isOfAttempt(key)
                        ? problem(Incident.Kind.IMPOSSIBLE_STATE, "Toss says " + failure.code())
                        : SettlementDecision.NOTHING;
        };
    }

    /** Money that went back must have come in: a payment that has not seen it come in takes both steps. */
    private SettlementDecision refunded(GatewayPayment gatewayPayment) {
        SettlementDecision approval = approved(gatewayPayment);
        Payment paid = approval.applied(payment);
        boolean counted = !approval.doubted() && paid.isOfAttempt(gatewayPayment.paymentKey());
        Money left = gatewayPayment.settledBalance();
        if (!counted || !left.isLessThan(paid.balance())) {
            return approval;
        }
        SettlementDecision refund = approval;
        for (Cancels.Noted cancel : explained(paid.balance().minus(left))) {
            Payment before = refund.applied(payment);
            refund = refund.andThen(before.refunded(before.balance().minus(cancel.amount()), cancel.origin(), now));
        }
        // Money that came and went leaves nothing to be done.
        return left.isZero()
                ? new SettlementDecision(refund.steps(), Optional.empty(), Optional.empty(), false)
                : refund;
    }

    /** Each cancel is a step; where they do not explain what is gone, all of it is one that nobody here asked for. */
    private List<Cancels.Noted> explained(Money gone) {
        Money sum = cancels.stream().map(Cancels.Noted::amount).reduce(Money.ZERO, Money::plus);
        return sum.equals(gone) ? cancels : List.of(new Cancels.Noted(gone, RefundOrigin.EXTERNAL));
    }

    /** Closed before any deposit. */
    private SettlementDecision canceled(GatewayPayment gatewayPayment) {
        boolean ours = payment.isOfAttempt(gatewayPayment.paymentKey());
        PaymentEvent.CancelReason reason = payment.isOrderClosed()
                ? PaymentEvent.CancelReason.ORDER_CANCELLED
                : PaymentEvent.CancelReason.DEPOSIT_CANCELED;
        return switch (payment.status()) {
            case REQUESTED, FAILED -> SettlementDecision.of(payment.canceled(reason, now));
            case CONFIRMING, UNKNOWN -> {
                if (!ours) {
                    yield SettlementDecision.NOTHING;
                }
                Payment.Change awaited = payment.waitingForDeposit(gatewayPayment, now);
                yield SettlementDecision.of(awaited, awaited.payment().canceled(reason, now));
            }
            case WAITING_FOR_DEPOSIT ->
                ours ? SettlementDecision.of(payment.canceled(reason, now)) : SettlementDecision.NOTHING;
            case CANCELED -> SettlementDecision.NOTHING;
            // The deposit was taken back and the account closed, between two looks of ours.
            case PAID -> {
                if (!ours) {
                    yield SettlementDecision.NOTHING;
                }
                if (!gatewayPayment.isDeposit()) {
                    yield problem(Incident.Kind.IMPOSSIBLE_STATE, "Toss says CANCELED before approval");
                }
                Payment.Change reversed = payment.waitingForDeposit(gatewayPayment, now);
                yield SettlementDecision.of(reversed, reversed.payment().canceled(reason, now));
            }
            case PARTIALLY_REFUNDED, REFUNDED ->
                problem(Incident.Kind.IMPOSSIBLE_STATE, "Toss says CANCELED before approval");
        };
    }

    private SettlementDecision unknown(PaymentKey key, String cause) {
        return payment.status() == PaymentStatus.CONFIRMING && payment.isOfAttempt(key)
                ? SettlementDecision.of(payment.unknown(cause, now))
                : SettlementDecision.NOTHING;
    }

    /** A closed order takes no further attempt, and money that came for it all the same has to go back. */
    private SettlementDecision minded(SettlementDecision decision) {
        if (!payment.isOrderClosed() || !decision.changes()) {
            return decision;
        }
        Payment after = decision.applied(payment);
        return switch (after.status()) {
            case FAILED -> decision.andThen(after.canceled(PaymentEvent.CancelReason.ORDER_CANCELLED, now));
            case PAID, PARTIALLY_REFUNDED ->
                payment.balance().isZero() ? decision.with(Incident.paidForClosedOrder(payment.id(), now)) : decision;
            case REQUESTED, CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT, CANCELED, REFUNDED -> decision;
        };
    }

    /** Money under another key than the one that counts. What has all gone back is of no interest any more. */
    private SettlementDecision secondCapture(GatewayPayment gatewayPayment) {
        return held(gatewayPayment).isZero()
                ? SettlementDecision.NOTHING
                : secondCharge(gatewayPayment).with(stray(GatewayFinding.State.DONE, gatewayPayment));
    }

    /** What Toss holds for the order and does not count for it; empty if it holds nothing, or that cannot be said. */
    private Optional<Stray> stray(GatewayFinding.State state, GatewayPayment gatewayPayment) {
        boolean held = switch (state) {
            case DONE -> true;
            case CANCELED, PARTIAL_CANCELED -> gatewayPayment.approvedAt() != null;
            case WAITING_FOR_DEPOSIT, READY, IN_PROGRESS, ABORTED, EXPIRED, UNLISTED -> false;
        };
        boolean ofTheOrder = gatewayPayment.orderId().equals(payment.orderId())
                && gatewayPayment.currency().equals(Money.CURRENCY);
        Money left = held(gatewayPayment);
        if (!held || !ofTheOrder || left.isZero()) {
            return Optional.empty();
        }
        if (!gatewayPayment.amount().equals(payment.purchase().amount())) {
            return Optional.of(new Stray(gatewayPayment.paymentKey(), left, Stray.Reason.AMOUNT_DIFFERS));
        }
        return payment.isOfAttempt(gatewayPayment.paymentKey())
                ? Optional.empty()
                : Optional.of(new Stray(gatewayPayment.paymentKey(), left, Stray.Reason.SECOND_CAPTURE));
    }

    /** What is there; an answer about something else may say that more is left than there was. */
    private static Money held(GatewayPayment gatewayPayment) {
        return gatewayPayment.amount().isLessThan(gatewayPayment.balance())
                ? gatewayPayment.amount()
                : gatewayPayment.settledBalance();
    }

    private SettlementDecision secondCharge(GatewayPayment gatewayPayment) {
        return problem(Incident.Kind.SECOND_CHARGE, "Toss holds money under " + gatewayPayment.paymentKey());
    }

    private SettlementDecision odd(SettlementDecision decision, Incident.Kind kind, String detail) {
        return decision.changes() ? decision.with(incident(kind, detail)) : decision;
    }

    private SettlementDecision problem(Incident.Kind kind, String detail) {
        return SettlementDecision.NOTHING.with(incident(kind, detail));
    }

    private Incident incident(Incident.Kind kind, String detail) {
        return new Incident(payment.id(), kind, detail, now);
    }
}
