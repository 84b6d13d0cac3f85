package dev.wonflow.payment.refund;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.Cancellation;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import dev.wonflow.payment.payment.GiveBack;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.payment.SettlePayment;
import dev.wonflow.runtime.CrashPoint;
import dev.wonflow.work.WorkBackOff;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Has Toss give money back: claim and commit, call, settle and commit. What was asked for and not answered is looked
 * for among the cancels of the payment, and asked for again only once they show that it has not happened. Toss is told
 * each time what it holds and refuses if it holds another sum, so that nothing goes back twice.
 */
@Service
public class CarryOutRefund {

    private static final Logger log = LoggerFactory.getLogger(CarryOutRefund.class);

    private static final Failure BALANCE_GONE = new Failure("NOT_CANCELABLE_AMOUNT", null);

    private final Refunds refunds;
    private final Payments payments;
    private final PaymentGateway gateway;
    private final SettlePayment settlePayment;
    private final GiveBack giveBack;
    private final Incidents incidents;
    private final RefundProperties properties;
    private final WorkBackOff backOff;
    private final RandomGenerator random;
    private final Clock clock;
    private final TransactionOperations transaction;

    CarryOutRefund(
            Refunds refunds,
            Payments payments,
            PaymentGateway gateway,
            SettlePayment settlePayment,
            GiveBack giveBack,
            Incidents incidents,
            RefundProperties properties,
            RandomGenerator random,
            Clock clock,
            TransactionOperations transaction) {
        this.refunds = refunds;
        this.payments = payments;
        this.gateway = gateway;
        this.settlePayment = settlePayment;
        this.giveBack = giveBack;
        this.incidents = incidents;
        this.properties = properties;
        this.backOff = properties.backOff();
        this.random = random;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** What comes next. */
    private sealed interface Step {

        record Over() implements Step {}

        record Later(Instant due) implements Step {}

        record Look(Refund refund, Payment payment) implements Step {}

        record Call(Refund refund, Payment payment) implements Step {}
    }

    /**
     * Goes on with a refund; no transaction is open. Safe to repeat at any point.
     *
     * @return when to go on again; empty once it has ended
     */
    public Optional<Instant> goOn(RefundId id) {
        Step step = held(id, this::begun);
        while (true) {
            switch (step) {
                case Step.Over _ -> {
                    return Optional.empty();
                }
                case Step.Later(Instant due) -> {
                    return Optional.of(due);
                }
                case Step.Look(Refund refund, Payment payment) -> step = look(refund, payment);
                case Step.Call(Refund refund, Payment payment) -> step = call(refund, payment);
            }
        }
    }

    /** Decides on a refund while nobody else changes it or its payment. */
    private Step held(RefundId id, Function<Standing, Step> decision) {
        return transaction.execute(_ -> {
            Refund known = require(id);
            Payment payment = payments.findAndHoldById(known.paymentId())
                    .orElseThrow(() -> new PaymentNotFound(known.paymentId()));
            Refund refund = require(id);
            return refund.status().isEnded()
                    ? new Step.Over()
                    : decision.apply(new Standing(refund, payment, clock.instant()));
        });
    }

    private record Standing(Refund refund, Payment payment, Instant now) {}

    private Refund require(RefundId id) {
        return refunds.find(id)
                .orElseThrow(() -> new IllegalStateException(
                        "refund " + id + ": not stored (expected: stored before it was planned)"));
    }

    private Step begun(Standing standing) {
        return standing.refund().status() == RefundStatus.UNKNOWN
                ? new Step.Look(standing.refund(), standing.payment())
                : first(standing);
    }

    private Step first(Standing standing) {
        Payment payment = standing.payment();
        Refund refund = standing.refund();
        if (payment.balance().isLessThan(refund.amount())) {
            return failed(standing, BALANCE_GONE);
        }
        Instant turn = refunds.open(payment.id()).stream()
                .filter(other -> other.status() == RefundStatus.UNKNOWN)
                .findFirst()
                // What Toss holds is not known before that one is.
                .map(unknown ->
                        standing.now().plus(backOff.after(unknown.uncertainty().turns(), random)))
                .orElseGet(() -> turn(payment, standing.now()));
        return turn.isAfter(standing.now()) ? new Step.Later(turn) : calling(standing, payment.balance());
    }

    /** From when on Toss may be asked to give back money of the payment again. */
    private Instant turn(Payment payment, Instant now) {
        return refunds.lastCallAt(payment.id())
                .map(last -> last.plus(properties.spacing()))
                .orElse(now);
    }

    private Step calling(Standing standing, Money refundable) {
        Refund calling = standing.refund().calling(refundable, standing.now());
        refunds.save(calling);
        CrashPoint.hit("refund.claiming");
        return new Step.Call(calling, standing.payment());
    }

    private Step call(Refund refund, Payment payment) {
        CrashPoint.hit("refund.claimed");
        CancelOutcome outcome = gateway.cancel(cancellation(refund));
        CrashPoint.hit("refund.called");
        Step next = settled(refund, payment, outcome);
        CrashPoint.hit("refund.settled");
        return next;
    }

    private Cancellation cancellation(Refund refund) {
        Refund.Call call = refund.called();
        return new Cancellation(
                refund.id().value(),
                refund.paymentKey(),
                call.number(),
                refund.amount(),
                call.refundable(),
                refund.taxFree(),
                refund.reason() == null ? "" : refund.reason(),
                refunds.account(refund.id()).orElse(null));
    }

    private Step settled(Refund refund, Payment payment, CancelOutcome outcome) {
        return switch (outcome) {
            case CancelOutcome.Answered(GatewayFinding.Seen seen) -> {
                settlePayment.finding(payment.id(), refund.paymentKey(), payment.version(), seen);
                // Over, if the cancel is among those of the answer.
                yield held(
                        refund.id(), standing -> notKnown(standing, seen.state().name(), true));
            }
            case CancelOutcome.Declined(Failure failure) -> held(refund.id(), standing -> failed(standing, failure));
            case CancelOutcome.Overtaken(Failure failure) ->
                held(refund.id(), standing -> {
                    Refund overtaken = standing.refund().notKnown(true, standing.now());
                    refunds.save(overtaken);
                    reportOnce(overtaken, failure.code(), standing.now());
                    log.info("Refund {} met another balance: {}", refund.id(), failure.code());
                    return new Step.Later(standing.now().plus(properties.spacing()));
                });
            case CancelOutcome.Unclear(String code) -> held(refund.id(), standing -> notKnown(standing, code, true));
            case CancelOutcome.Unknown(String cause) -> held(refund.id(), standing -> notKnown(standing, cause, false));
            case CancelOutcome.TooManyCalls(String cause) ->
                held(refund.id(), standing -> heldUp(standing, cause, true));
            case CancelOutcome.OurFault(String code) ->
                held(refund.id(), standing -> {
                    incidents.report(
                            new Incident(payment.id(), Incident.Kind.OUR_FAULT, "refund: " + code, standing.now()));
                    return heldUp(standing, code, true);
                });
        };
    }

    private Step failed(Standing standing, Failure failure) {
        refunds.save(standing.refund().failed(failure, standing.now()));
        return over(standing);
    }

    /**
     * No money went back. What is left for an order that was called off is still the buyer's: it is given back by
     * itself, or a person is told. One of our own that Toss refused is not asked for a second time, unless our books
     * know that a part of it went back another way.
     */
    private Step over(Standing standing) {
        Payment payment = standing.payment();
        Refund refund = standing.refund();
        boolean ours = refund.origin() == RefundOrigin.AUTOMATIC;
        if (payment.balance().isZero() || !(payment.isOrderClosed() || ours)) {
            return new Step.Over();
        }
        boolean partIsGone = payment.balance().isLessThan(refund.amount());
        boolean goesBack = payment.isOrderClosed() && (!ours || partIsGone) && giveBack.all(payment, standing.now());
        if (!goesBack) {
            incidents.report(Incident.paidForClosedOrder(payment.id(), standing.now()));
        }
        return new Step.Over();
    }

    private Step notKnown(Standing standing, String cause, boolean answered) {
        Refund refund = standing.refund().notKnown(answered, standing.now());
        Step next = open(refund, cause, standing.now());
        reportOnce(refund, cause, standing.now());
        return next;
    }

    private void reportOnce(Refund refund, String cause, Instant now) {
        if (refund.uncertainty().isToBeReported()) {
            incidents.report(new Incident(
                    refund.paymentId(),
                    Incident.Kind.REFUND_NOT_KNOWN,
                    "refund " + refund.id() + " of " + refund.amount() + " answered " + cause
                            + " (expected: done; cancel it in Toss's console, which is then taken for it)",
                    now));
        }
    }

    private Step heldUp(Standing standing, String cause, boolean answered) {
        return open(standing.refund().heldUp(answered, standing.now()), cause, standing.now());
    }

    private Step open(Refund refund, String cause, Instant now) {
        refunds.save(refund);
        log.warn("Refund {} is not known to have been made: {}", refund.id(), cause);
        return new Step.Later(now.plus(backOff.after(refund.uncertainty().turns() - 1, random)));
    }

    private Step look(Refund refund, Payment payment) {
        GatewayFinding finding = gateway.findAtOnce(refund.paymentKey());
        settlePayment.finding(payment.id(), refund.paymentKey(), payment.version(), finding);
        return switch (finding) {
            case GatewayFinding.Seen seen -> held(refund.id(), standing -> seen(standing, seen));
            case GatewayFinding.Absent(String code) -> held(refund.id(), standing -> notKnown(standing, code, false));
            case GatewayFinding.Unclear(String cause) ->
                held(refund.id(), standing -> notKnown(standing, cause, false));
            case GatewayFinding.OurFault(String code) -> held(refund.id(), standing -> heldUp(standing, code, false));
        };
    }

    /** Not among what has gone back, or the refund would have ended with the look. */
    private Step seen(Standing standing, GatewayFinding.Seen seen) {
        Refund refund = standing.refund();
        GatewayPayment at = seen.gatewayPayment();
        if (!isWhole(standing.payment(), refund, seen)) {
            return notKnown(standing, seen.state().name(), false);
        }
        Set<String> known = refunds.transactionKeys(refund.paymentKey());
        Optional<GatewayCancel> ours = at.cancels().stream()
                .filter(cancel -> !known.contains(cancel.transactionKey()))
                .filter(cancel -> refund.became(cancel, refund.paymentKey()))
                .findFirst();
        if (ours.isPresent()) {
            return onItsWay(standing, ours.get());
        }
        if (at.balance().isLessThan(refund.amount())) {
            return failed(standing, BALANCE_GONE);
        }
        return again(standing, at.balance());
    }

    /**
     * Whether the answer is about our payment and tells all that has gone back, so that what is not in it is not so.
     */
    private static boolean isWhole(Payment payment, Refund refund, GatewayFinding.Seen seen) {
        GatewayPayment at = seen.gatewayPayment();
        boolean refundable = switch (seen.state()) {
            case DONE, PARTIAL_CANCELED, CANCELED -> true;
            case READY, IN_PROGRESS, WAITING_FOR_DEPOSIT, ABORTED, EXPIRED, UNLISTED -> false;
        };
        return refundable
                && at.paymentKey().equals(refund.paymentKey())
                && at.contradiction(payment.orderId(), payment.purchase().amount())
                        .isEmpty()
                && at.cancelsAddUp();
    }

    private Step onItsWay(Standing standing, GatewayCancel cancel) {
        return switch (cancel.state()) {
            case ABORTED -> {
                refunds.save(standing.refund().aborted(cancel, standing.now()));
                yield over(standing);
            }
            case DONE, IN_PROGRESS -> notKnown(standing, cancel.state().name(), false);
        };
    }

    private Step again(Standing standing, Money balance) {
        Refund.Call last = standing.refund().called();
        boolean newKey = last.answered() || !last.refundable().equals(balance);
        if (newKey && standing.refund().uncertainty().isOnlyAsked()) {
            return notKnown(standing, "NOT_DONE", false);
        }
        Instant turn = turn(standing.payment(), standing.now());
        return turn.isAfter(standing.now()) ? new Step.Later(turn) : calling(standing, balance);
    }
}
