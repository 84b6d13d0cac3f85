package dev.wonflow.payment.stray;

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
import dev.wonflow.payment.ledger.Ledger;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.payment.DepositProperties;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.SettlePayment;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.runtime.CrashPoint;
import dev.wonflow.work.WorkBackOff;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Has money that does not count for its order go back: look, claim and commit, call, settle and commit. No call is made
 * before a look has shown that Toss holds the money, that it is of the order and that it does not count for it; and
 * none is repeated before one has shown that the last gave nothing back. Toss is told what it holds and refuses if it
 * holds another sum.
 */
@Service
public class RefundStray {

    private static final Logger log = LoggerFactory.getLogger(RefundStray.class);

    private final StrayCaptures strays;
    private final Payments payments;
    private final PaymentGateway gateway;
    private final SettlePayment settlePayment;
    private final Ledger ledger;
    private final StrayEvents events;
    private final StrayListener listener;
    private final Incidents incidents;
    private final StrayProperties properties;
    private final DepositProperties deposit;
    private final WorkBackOff backOff;
    private final RandomGenerator random;
    private final Clock clock;
    private final TransactionOperations transaction;

    RefundStray(
            StrayCaptures strays,
            Payments payments,
            PaymentGateway gateway,
            SettlePayment settlePayment,
            Ledger ledger,
            StrayEvents events,
            StrayListener listener,
            Incidents incidents,
            StrayProperties properties,
            DepositProperties deposit,
            RandomGenerator random,
            Clock clock,
            TransactionOperations transaction) {
        this.strays = strays;
        this.payments = payments;
        this.gateway = gateway;
        this.settlePayment = settlePayment;
        this.ledger = ledger;
        this.events = events;
        this.listener = listener;
        this.incidents = incidents;
        this.properties = properties;
        this.deposit = deposit;
        this.backOff = properties.backOff();
        this.random = random;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** What comes next. */
    private sealed interface Step {

        record Over() implements Step {}

        record Later(Instant due) implements Step {}

        record Look(StrayCapture stray, Payment payment) implements Step {}

        record Call(StrayCapture stray, Payment payment, Money taxFree) implements Step {}
    }

    private record Standing(StrayCapture stray, Payment payment, Instant now) {}

    /**
     * Goes on with a stray capture; no transaction is open. Safe to repeat at any point.
     *
     * @return when to go on again; empty once it has ended
     */
    public Optional<Instant> goOn(StrayCaptureId id) {
        Step step = begun(require(id));
        while (true) {
            switch (step) {
                case Step.Over _ -> {
                    return Optional.empty();
                }
                case Step.Later(Instant due) -> {
                    return Optional.of(due);
                }
                case Step.Look(StrayCapture stray, Payment payment) -> step = look(stray, payment);
                case Step.Call(StrayCapture stray, Payment payment, Money taxFree) ->
                    step = call(stray, payment, taxFree);
            }
        }
    }

    private Step begun(StrayCapture stray) {
        return stray.status().isEnded()
                ? new Step.Over()
                : new Step.Look(
                        stray,
                        payments.findById(stray.paymentId()).orElseThrow(() -> new PaymentNotFound(stray.paymentId())));
    }

    /** Decides on a stray capture while nobody else changes it or its payment. */
    private Step held(StrayCaptureId id, Function<Standing, Step> decision) {
        return transaction.execute(_ -> {
            StrayCapture known = require(id);
            Payment payment = payments.findAndHoldById(known.paymentId())
                    .orElseThrow(() -> new PaymentNotFound(known.paymentId()));
            StrayCapture stray = require(id);
            return stray.status().isEnded()
                    ? new Step.Over()
                    : decision.apply(new Standing(stray, payment, clock.instant()));
        });
    }

    private StrayCapture require(StrayCaptureId id) {
        return strays.find(id)
                .orElseThrow(() -> new IllegalStateException(
                        "stray capture " + id + ": not stored (expected: stored before it was planned)"));
    }

    private Step look(StrayCapture stray, Payment payment) {
        GatewayFinding finding = gateway.findAtOnce(stray.paymentKey());
        tell(payment, stray, finding);
        return switch (finding) {
            case GatewayFinding.Seen seen -> held(stray.id(), standing -> seen(standing, seen));
            case GatewayFinding.Absent(String code) -> held(stray.id(), standing -> notKnown(standing, code, false));
            case GatewayFinding.Unclear(String cause) -> held(stray.id(), standing -> notKnown(standing, cause, false));
            case GatewayFinding.OurFault(String code) -> held(stray.id(), standing -> ourFault(standing, code, false));
        };
    }

    /**
     * A payment that holds nothing may count the money after all, or have its attempt ended by it. One that holds
     * something has nothing to learn from another key.
     */
    private void tell(Payment payment, StrayCapture stray, GatewayFinding finding) {
        if (payment.funds() == null) {
            settlePayment.besides(payment.id(), stray.paymentKey(), payment.version(), finding);
        }
    }

    private Step seen(Standing standing, GatewayFinding.Seen seen) {
        StrayCapture stray = standing.stray();
        GatewayPayment at = seen.gatewayPayment();
        if (!at.paymentKey().equals(stray.paymentKey())) {
            return notKnown(standing, "ANSWER_CONTRADICTS", false);
        }
        if (!at.orderId().equals(standing.payment().orderId()) || !at.currency().equals(Money.CURRENCY)) {
            return left(standing, "NOT_OF_THE_ORDER");
        }
        if (counts(standing.payment(), at)) {
            log.info("Stray capture {} counts for payment {} after all", stray.id(), stray.paymentId());
            return ended(standing, stray.counted(standing.now()));
        }
        return switch (seen.state()) {
            case DONE -> taken(standing, seen);
            case CANCELED, PARTIAL_CANCELED -> at.approvedAt() == null ? notHeld(standing) : taken(standing, seen);
            case ABORTED, EXPIRED -> notHeld(standing);
            // An account, perhaps after the bank took the deposit back. Toss calls it waiting for ever.
            case WAITING_FOR_DEPOSIT ->
                at.isRunOut(standing.now(), deposit.grace()) ? notHeld(standing) : later(standing);
            case READY, IN_PROGRESS, UNLISTED -> notKnown(standing, seen.state().name(), false);
        };
    }

    /** Whether it is what the payment holds, or has given back. */
    private static boolean counts(Payment payment, GatewayPayment at) {
        return payment.isOfAttempt(at.paymentKey())
                && payment.funds() != null
                && at.amount().equals(payment.purchase().amount());
    }

    private Step taken(Standing standing, GatewayFinding.Seen seen) {
        StrayCapture stray = standing.stray();
        GatewayPayment at = seen.gatewayPayment();
        Optional<GatewayCancel> ours =
                at.cancels().stream().filter(stray::became).findFirst();
        if (ours.isPresent() && ours.get().state() == GatewayCancel.State.DONE) {
            return refunded(standing, stray.refunded(ours.get(), standing.now()));
        }
        if (!at.cancelsAddUp() || at.onItsWayBackSince().isPresent()) {
            return notKnown(standing, seen.state().name(), false);
        }
        if (at.balance().isZero()) {
            return refunded(standing, stray.refundedElsewhere(standing.now()));
        }
        if (stray.status() == StrayCaptureStatus.LEFT) {
            return later(standing);
        }
        if (mayCount(standing, at)) {
            return waiting(standing);
        }
        if (at.isDeposit()) {
            return left(standing, StrayCapture.DEPOSIT);
        }
        return ours.isPresent() ? left(standing, "CANCEL_ABORTED") : again(standing, at.balance(), at.taxFree());
    }

    /**
     * Whether the payment holds nothing yet and may come to count it, once another attempt has come to nothing. From
     * the first call on it may not: what was begun then goes on to its end.
     */
    private static boolean mayCount(Standing standing, GatewayPayment at) {
        Payment payment = standing.payment();
        return standing.stray().status() == StrayCaptureStatus.FOUND
                && payment.funds() == null
                && at.amount().equals(payment.purchase().amount());
    }

    private Step again(Standing standing, Money balance, Money taxFree) {
        StrayCapture stray = standing.stray();
        StrayCapture.Call last = stray.call();
        boolean newKey = last == null || last.answered() || !last.refundable().equals(balance);
        if (newKey && stray.uncertainty().isOnlyAsked()) {
            return notKnown(standing, "NOT_DONE", false);
        }
        StrayCapture calling = stray.calling(balance, standing.now());
        strays.save(calling);
        CrashPoint.hit("stray.claiming");
        return new Step.Call(calling, standing.payment(), taxFree);
    }

    private Step call(StrayCapture stray, Payment payment, Money taxFree) {
        CrashPoint.hit("stray.claimed");
        CancelOutcome outcome = gateway.cancel(cancellation(stray, taxFree));
        CrashPoint.hit("stray.called");
        Step next = settled(stray, payment, outcome);
        CrashPoint.hit("stray.settled");
        return next;
    }

    private static Cancellation cancellation(StrayCapture stray, Money taxFree) {
        StrayCapture.Call call = stray.call();
        if (call == null) {
            throw new IllegalStateException("stray capture " + stray.id() + ": no call (expected: the one under way)");
        }
        return new Cancellation(
                stray.id().value(),
                stray.paymentKey(),
                call.number(),
                call.refundable(),
                call.refundable(),
                taxFree,
                reason(stray.reason()),
                null);
    }

    /** Shown to the buyer by Toss. */
    private static String reason(Stray.Reason reason) {
        return switch (reason) {
            case SECOND_CAPTURE -> "중복 결제 취소";
            case AMOUNT_DIFFERS -> "결제 금액 불일치";
        };
    }

    private Step settled(StrayCapture stray, Payment payment, CancelOutcome outcome) {
        return switch (outcome) {
            case CancelOutcome.Answered(GatewayFinding.Seen seen) -> {
                tell(payment, stray, seen);
                yield held(stray.id(), standing -> answered(standing, seen));
            }
            case CancelOutcome.Declined(Failure failure) ->
                held(stray.id(), standing -> left(standing, failure.code()));
            case CancelOutcome.Overtaken(Failure failure) ->
                held(stray.id(), standing -> notKnown(standing, failure.code(), true));
            case CancelOutcome.Unclear(String code) -> held(stray.id(), standing -> notKnown(standing, code, true));
            case CancelOutcome.Unknown(String cause) -> held(stray.id(), standing -> notKnown(standing, cause, false));
            case CancelOutcome.TooManyCalls(String cause) ->
                held(stray.id(), standing -> heldUp(standing, cause, true));
            case CancelOutcome.OurFault(String code) -> held(stray.id(), standing -> ourFault(standing, code, true));
        };
    }

    /** Over, if the cancel is among those of the answer. */
    private Step answered(Standing standing, GatewayFinding.Seen seen) {
        StrayCapture stray = standing.stray();
        return seen.gatewayPayment().cancels().stream()
                .filter(cancel -> cancel.state() == GatewayCancel.State.DONE)
                .filter(stray::became)
                .findFirst()
                .map(cancel -> refunded(standing, stray.refunded(cancel, standing.now())))
                .orElseGet(() -> notKnown(standing, seen.state().name(), true));
    }

    private Step refunded(Standing standing, StrayCapture stray) {
        ended(standing, stray);
        // A version of its own for the event, which is in order among those of the payment.
        events.refunded(payments.save(standing.payment()), stray);
        listener.refunded(stray);
        log.info("Stray capture {} of {} went back", stray.id(), stray.amount());
        CrashPoint.hit("stray.settling");
        return new Step.Over();
    }

    private Step notHeld(Standing standing) {
        return ended(standing, standing.stray().notHeld(standing.now()));
    }

    private Step ended(Standing standing, StrayCapture stray) {
        strays.save(stray);
        ledger.post(LedgerEntry.stray(
                standing.payment().ledgerSource(),
                LedgerEntry.Kind.STRAY_CLEARED,
                stray.paymentKey().value(),
                stray.amount(),
                standing.now()));
        return new Step.Over();
    }

    private Step left(Standing standing, String code) {
        StrayCapture stray = standing.stray();
        if (stray.status() != StrayCaptureStatus.LEFT) {
            strays.save(stray.left(code, standing.now()));
            report(
                    stray,
                    code.equals(StrayCapture.DEPOSIT)
                            ? "a deposit (expected: money that goes back without the buyer's account; cancel it in"
                                    + " Toss's console with that account)"
                            : code + " (expected: done; ask Toss)",
                    standing.now());
        }
        return later(standing);
    }

    private void report(StrayCapture stray, String what, Instant now) {
        incidents.report(new Incident(
                stray.paymentId(),
                Incident.Kind.STRAY_NOT_REFUNDED,
                "stray capture of " + stray.amount() + " under " + stray.paymentKey() + ": " + what,
                now));
    }

    private Step later(Standing standing) {
        return new Step.Later(standing.now().plus(properties.leftPause()));
    }

    private Step waiting(Standing standing) {
        return open(standing.stray().waiting(standing.now()), standing.now());
    }

    private Step notKnown(Standing standing, String cause, boolean answered) {
        StrayCapture stray = standing.stray().notKnown(answered, standing.now());
        if (stray.uncertainty().isToBeReported()) {
            report(
                    stray,
                    cause + " (expected: done; cancel it in Toss's console, which is then taken for it)",
                    standing.now());
        }
        log.warn("Stray capture {} is not known to have gone back: {}", stray.id(), cause);
        return open(stray, standing.now());
    }

    private Step ourFault(Standing standing, String code, boolean answered) {
        incidents.report(new Incident(
                standing.payment().id(), Incident.Kind.OUR_FAULT, "stray capture: " + code, standing.now()));
        return heldUp(standing, code, answered);
    }

    private Step heldUp(Standing standing, String cause, boolean answered) {
        StrayCapture stray = standing.stray().heldUp(answered, standing.now());
        log.warn("Stray capture {} was held up: {}", stray.id(), cause);
        return open(stray, standing.now());
    }

    private Step open(StrayCapture stray, Instant now) {
        strays.save(stray);
        return new Step.Later(now.plus(backOff.after(stray.uncertainty().turns() - 1, random)));
    }
}
