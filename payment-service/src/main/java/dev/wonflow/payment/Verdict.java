package dev.wonflow.payment;

import dev.wonflow.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of Toss means for a payment: the steps to take, in order, or something that must not be. Decides only;
 * the same answer on a payment that has taken it in before gives no steps.
 *
 * @param incident reported beside the steps
 */
record Verdict(List<Payment.Change> steps, Optional<Incident> incident) {

    private static final Verdict NOTHING = new Verdict(List.of(), Optional.empty());

    /** Judges the answer to the confirm call of the try {@code key}. */
    static Verdict on(Payment payment, PaymentKey key, GatewayOutcome outcome, Instant now) {
        return switch (outcome) {
            case GatewayOutcome.Approved(Charge charge) ->
                contradicted(payment, key, charge, now).orElseGet(() -> approved(payment, charge, now));
            case GatewayOutcome.WaitingForDeposit(Charge charge) ->
                contradicted(payment, key, charge, now).orElseGet(() -> awaited(payment, charge, now));
            case GatewayOutcome.Declined(Failure failure) -> refused(payment, key, failure, now);
            case GatewayOutcome.Unknown(String cause) -> unknown(payment, key, cause, now);
            case GatewayOutcome.OurFault(String code) ->
                new Verdict(
                        unknown(payment, key, code, now).steps(),
                        incident(payment, Incident.Kind.OUR_FAULT, code, now));
        };
    }

    /**
     * Judges what Toss said when asked.
     *
     * @param asked the paymentKey asked for; {@code null} if asked by order
     */
    static Verdict on(Payment payment, @Nullable PaymentKey asked, GatewayFinding finding, Instant now) {
        return switch (finding) {
            case GatewayFinding.Seen(var state, Charge charge, Failure failure) ->
                contradicted(payment, asked == null ? charge.paymentKey() : asked, charge, now)
                        .orElseGet(() -> seen(payment, state, charge, failure, now));
            case GatewayFinding.Absent _, GatewayFinding.Unclear _ -> NOTHING;
            case GatewayFinding.OurFault(String code) ->
                new Verdict(List.of(), incident(payment, Incident.Kind.OUR_FAULT, code, now));
        };
    }

    private static Verdict seen(
            Payment payment, GatewayFinding.State state, Charge charge, @Nullable Failure failure, Instant now) {
        return switch (state) {
            case DONE -> approved(payment, charge, now);
            case WAITING_FOR_DEPOSIT -> awaited(payment, charge, now);
            case CANCELED, PARTIAL_CANCELED ->
                charge.approvedAt() == null ? canceled(payment, charge, now) : refunded(payment, charge, now);
            case ABORTED ->
                refused(payment, charge.paymentKey(), failure == null ? new Failure("ABORTED", null) : failure, now);
            case EXPIRED ->
                refused(
                        payment,
                        charge.paymentKey(),
                        new Failure(Failure.EXPIRED, failure == null ? null : failure.message()),
                        now);
            case READY, IN_PROGRESS, UNLISTED -> NOTHING;
        };
    }

    /** An answer about something else decides nothing: a try under way is unknown then, whatever the answer says. */
    private static Optional<Verdict> contradicted(Payment payment, PaymentKey asked, Charge charge, Instant now) {
        Optional<String> contradiction = charge.paymentKey().equals(asked)
                ? charge.contradiction(payment.purchase())
                : Optional.of("paymentKey: another one (expected: the one asked for)");
        return contradiction.map(detail -> new Verdict(
                unknown(payment, asked, "ANSWER_CONTRADICTS", now).steps(),
                incident(payment, Incident.Kind.ANSWER_CONTRADICTS, detail, now)));
    }

    private static Verdict approved(Payment payment, Charge charge, Instant now) {
        boolean ours = payment.isTriedWith(charge.paymentKey());
        return switch (payment.status()) {
            case REQUESTED, FAILED -> step(payment.paid(charge, now));
            case CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT ->
                ours ? step(payment.paid(charge, now)) : secondCharge(payment, charge, now);
            // DONE after a refund is an answer from before it.
            case PAID, PARTIALLY_REFUNDED, REFUNDED -> ours ? NOTHING : secondCharge(payment, charge, now);
            case CANCELED -> problem(payment, Incident.Kind.CHARGED_AFTER_END, "Toss says DONE", now);
        };
    }

    private static Verdict awaited(Payment payment, Charge charge, Instant now) {
        boolean ours = payment.isTriedWith(charge.paymentKey());
        return switch (payment.status()) {
            case REQUESTED, FAILED -> step(payment.waitingForDeposit(charge, now));
            case CONFIRMING, UNKNOWN, PAID ->
                ours ? step(payment.waitingForDeposit(charge, now)) : secondCharge(payment, charge, now);
            case WAITING_FOR_DEPOSIT -> ours ? NOTHING : secondCharge(payment, charge, now);
            case CANCELED, PARTIALLY_REFUNDED, REFUNDED ->
                problem(payment, Incident.Kind.IMPOSSIBLE_STATE, "Toss says WAITING_FOR_DEPOSIT", now);
        };
    }

    private static Verdict refused(Payment payment, PaymentKey key, Failure failure, Instant now) {
        return switch (payment.status()) {
            case REQUESTED -> step(payment.failed(failure, now));
            // Of an earlier try, this says nothing about the one that counts.
            case CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT ->
                payment.isTriedWith(key) ? step(payment.failed(failure, now)) : NOTHING;
            case FAILED, CANCELED -> NOTHING;
            case PAID, PARTIALLY_REFUNDED, REFUNDED ->
                payment.isTriedWith(key)
                        ? problem(payment, Incident.Kind.IMPOSSIBLE_STATE, "Toss says " + failure.code(), now)
                        : NOTHING;
        };
    }

    /** Money that went back must have come in: a payment that has not seen it come in takes both steps. */
    private static Verdict refunded(Payment payment, Charge charge, Instant now) {
        Verdict approval = approved(payment, charge, now);
        if (approval.incident().isPresent()) {
            return approval;
        }
        List<Payment.Change> steps = new ArrayList<>(approval.steps());
        Payment paid = steps.isEmpty() ? payment : steps.getLast().payment();
        Money balance = charge.balance();
        if (balance.isLessThan(paid.balance())) {
            steps.add(paid.refunded(balance, now));
        }
        return new Verdict(List.copyOf(steps), Optional.empty());
    }

    /** Closed before any deposit. */
    private static Verdict canceled(Payment payment, Charge charge, Instant now) {
        return switch (payment.status()) {
            case REQUESTED, FAILED -> step(payment.canceled(PaymentEvent.CancelReason.DEPOSIT_CANCELED, now));
            case CONFIRMING, UNKNOWN -> {
                if (!payment.isTriedWith(charge.paymentKey())) {
                    yield NOTHING;
                }
                Payment.Change awaited = payment.waitingForDeposit(charge, now);
                yield new Verdict(
                        List.of(awaited, awaited.payment().canceled(PaymentEvent.CancelReason.DEPOSIT_CANCELED, now)),
                        Optional.empty());
            }
            case WAITING_FOR_DEPOSIT ->
                payment.isTriedWith(charge.paymentKey())
                        ? step(payment.canceled(PaymentEvent.CancelReason.DEPOSIT_CANCELED, now))
                        : NOTHING;
            case CANCELED -> NOTHING;
            case PAID, PARTIALLY_REFUNDED, REFUNDED ->
                problem(payment, Incident.Kind.IMPOSSIBLE_STATE, "Toss says CANCELED before approval", now);
        };
    }

    private static Verdict unknown(Payment payment, PaymentKey key, String cause, Instant now) {
        return payment.status() == PaymentStatus.CONFIRMING && payment.isTriedWith(key)
                ? step(payment.unknown(cause, now))
                : NOTHING;
    }

    private static Verdict secondCharge(Payment payment, Charge charge, Instant now) {
        return problem(payment, Incident.Kind.SECOND_CHARGE, "Toss holds money under " + charge.paymentKey(), now);
    }

    private static Verdict step(Payment.Change change) {
        return new Verdict(List.of(change), Optional.empty());
    }

    private static Verdict problem(Payment payment, Incident.Kind kind, String detail, Instant now) {
        return new Verdict(List.of(), incident(payment, kind, detail, now));
    }

    private static Optional<Incident> incident(Payment payment, Incident.Kind kind, String detail, Instant now) {
        return Optional.of(new Incident(payment.id(), kind, detail, now));
    }
}
