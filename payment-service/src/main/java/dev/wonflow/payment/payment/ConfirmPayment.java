package dev.wonflow.payment.payment;

import dev.wonflow.access.Caller;
import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.Pause;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Attempt;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.gateway.TossBusy;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import dev.wonflow.runtime.CrashPoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes the money of an authenticated payment: claim and commit, call Toss, settle and commit. Any number of callers
 * may come with the same attempt, on any number of instances: one calls Toss, the others get its result.
 */
@Service
public class ConfirmPayment {

    private static final int ROUNDS = 10;

    private final Payments payments;
    private final Attempts attempts;
    private final StatusChecks statusChecks;
    private final Incidents incidents;
    private final PaymentGateway gateway;
    private final CallRoom callRoom;
    private final SettlePayment settlePayment;
    private final Strays strays;
    private final Changes changes;
    private final StatusCheckProperties statusCheckSettings;
    private final ConfirmProperties properties;
    private final Clock clock;
    private final Pause pause;
    private final TransactionOperations transaction;

    ConfirmPayment(
            Payments payments,
            Attempts attempts,
            StatusChecks statusChecks,
            Incidents incidents,
            PaymentGateway gateway,
            CallRoom callRoom,
            SettlePayment settlePayment,
            Strays strays,
            Changes changes,
            StatusCheckProperties statusCheckSettings,
            ConfirmProperties properties,
            Clock clock,
            Pause pause,
            TransactionOperations transaction) {
        this.payments = payments;
        this.attempts = attempts;
        this.statusChecks = statusChecks;
        this.incidents = incidents;
        this.gateway = gateway;
        this.callRoom = callRoom;
        this.settlePayment = settlePayment;
        this.strays = strays;
        this.changes = changes;
        this.statusCheckSettings = statusCheckSettings;
        this.properties = properties;
        this.clock = clock;
        this.pause = pause;
        this.transaction = transaction;
    }

    /**
     * What the browser brings back from the payment window.
     *
     * @param amount only compared; Toss gets the stored sum
     */
    public record Request(Caller caller, OrderId orderId, PaymentKey paymentKey, Money amount) {}

    /**
     * Confirms, or answers how the same confirm ended or stands.
     *
     * @return the payment; {@code CONFIRMING} or {@code UNKNOWN} if its outcome is not known yet, {@code FAILED} if
     *     this attempt was declined
     * @throws PaymentNotFound if the tenant has no such order
     * @throws ConfirmRefused if amount, state or number of attempts do not allow it, or if the order was called off
     *     meanwhile and the attempt took no money
     * @throws TossBusy if as many confirms as may are waiting for Toss; no attempt was begun
     */
    public Payment confirm(Request request) throws InterruptedException {
        try (CallRoom.Place place = callRoom.place(Operation.CONFIRM)) {
            return confirm(request, place);
        }
    }

    private Payment confirm(Request request, CallRoom.Place place) throws InterruptedException {
        return switch (claim(request, place)) {
            case Claim.Won(Attempt attempt, long asOf) -> {
                CrashPoint.hit("confirm.claimed");
                // No transaction is open here: the call may take a minute and must not hold a connection.
                GatewayOutcome outcome = firstCall(attempt);
                CrashPoint.hit("confirm.called");
                Payment settled = settlePayment
                        .outcome(attempt.paymentId(), attempt.paymentKey(), asOf, outcome)
                        .payment();
                CrashPoint.hit("confirm.settled");
                yield open(settled);
            }
            case Claim.Taken(Payment payment) -> open(awaitWinner(payment));
            case Claim.Ended(Payment payment) -> payment;
            case Claim.Refused(ConfirmRefused refusal) -> throw refusal;
            case Claim.NoPlace _ -> throw new TossBusy(Operation.CONFIRM);
        };
    }

    /**
     * Anybody can post a paymentKey of no use. No earlier call of the attempt can have reached Toss, so that one look
     * tells: a payment Toss does not know, or one authenticated for another amount, never becomes money of this order.
     */
    private GatewayOutcome firstCall(Attempt attempt) {
        GatewayOutcome outcome = gateway.confirm(attempt);
        return switch (outcome) {
            case GatewayOutcome.NotFound _, GatewayOutcome.OurFault _ -> lookedAt(attempt, outcome);
            case GatewayOutcome.Approved _,
                    GatewayOutcome.WaitingForDeposit _,
                    GatewayOutcome.Declined _,
                    GatewayOutcome.Baseless _,
                    GatewayOutcome.Unknown _ -> outcome;
        };
    }

    private GatewayOutcome lookedAt(Attempt attempt, GatewayOutcome outcome) {
        return switch (gateway.findAtOnce(attempt.paymentKey())) {
            case GatewayFinding.Absent(String code) ->
                new GatewayOutcome.Baseless(
                        new Failure(code, null),
                        Incident.Kind.KEY_UNKNOWN,
                        "paymentKey: unknown to Toss (expected: one of its payment window)");
            case GatewayFinding.Seen(var state, GatewayPayment gatewayPayment, var _)
            when state.isBeforeMoney() && gatewayPayment.isOfKey(attempt) && !gatewayPayment.fits(attempt) ->
                new GatewayOutcome.Baseless(
                        new Failure(Failure.WINDOW_DIFFERS, null),
                        Incident.Kind.WINDOW_DIFFERS,
                        "window of order " + gatewayPayment.orderId() + " over " + gatewayPayment.amount()
                                + " (expected: order " + attempt.orderId() + " over " + attempt.amount() + ")");
            case GatewayFinding.Seen _, GatewayFinding.Unclear _, GatewayFinding.OurFault _ -> outcome;
        };
    }

    /** An order that was called off while its attempt came to nothing takes no other one. */
    private static Payment open(Payment payment) {
        if (payment.status() == PaymentStatus.CANCELED) {
            throw new ConfirmRefused(ended(payment), payment);
        }
        return payment;
    }

    private static ConfirmRefused.Reason ended(Payment payment) {
        return payment.isOrderClosed() ? ConfirmRefused.Reason.ORDER_CLOSED : ConfirmRefused.Reason.NOT_OPEN;
    }

    private sealed interface Claim {

        /**
         * The attempt is ours to make.
         *
         * @param asOf version of the payment with it
         */
        record Won(Attempt attempt, long asOf) implements Claim {}

        /** Another caller is asking Toss with the same attempt. */
        record Taken(Payment payment) implements Claim {}

        /** The same attempt has been made before. */
        record Ended(Payment payment) implements Claim {}

        /** A value and not yet an exception, so that what was recorded about it is committed. */
        record Refused(ConfirmRefused refusal) implements Claim {}

        /** The attempt would be ours to make, but too many are being made. */
        record NoPlace() implements Claim {}
    }

    /** The place is held only by an attempt that is ours: who repeats or waits calls nobody. */
    private Claim claim(Request request, CallRoom.Place place) {
        for (int round = 1; ; round++) {
            try {
                return transaction.execute(_ -> claimOnce(request, place));
            } catch (OptimisticLockingFailureException | DuplicateKeyException e) {
                // Someone else was faster; the payment now says who.
                place.close();
                if (round == ROUNDS) {
                    throw e;
                }
            }
        }
    }

    private Claim claimOnce(Request request, CallRoom.Place place) {
        // Read before the payment: an attempt found here is in the payment's state as well. The other way round, the
        // winner could commit between the two reads, and its attempt would look like an old one.
        Optional<Attempt> earlier = attempts.find(request.paymentKey());
        Payment payment = payments.findByPurchaseOrderId(request.orderId())
                .filter(found ->
                        found.purchase().tenantId().equals(request.caller().tenant()))
                .orElseThrow(() -> new PaymentNotFound(request.orderId()));
        Instant now = clock.instant();
        if (!request.amount().equals(payment.purchase().amount())) {
            incidents.report(new Incident(
                    payment.id(),
                    Incident.Kind.AMOUNT_TAMPERED,
                    "amount: " + request.amount() + " (expected: "
                            + payment.purchase().amount() + ")",
                    now));
            return refused(ConfirmRefused.Reason.AMOUNT_MISMATCH, payment);
        }
        boolean sameAttempt = payment.isOfAttempt(request.paymentKey());
        return switch (payment.status()) {
            case REQUESTED, FAILED -> start(payment, request, place, earlier, now);
            case CONFIRMING -> sameAttempt ? new Claim.Taken(payment) : refused(anotherAttempt(payment), payment);
            case UNKNOWN -> sameAttempt ? new Claim.Ended(payment) : refused(anotherAttempt(payment), payment);
            case WAITING_FOR_DEPOSIT, PAID, PARTIALLY_REFUNDED, REFUNDED ->
                sameAttempt ? new Claim.Ended(payment) : refused(ended(payment), payment);
            case CANCELED -> refused(ended(payment), payment);
        };
    }

    private Claim start(
            Payment payment, Request request, CallRoom.Place place, Optional<Attempt> earlier, Instant now) {
        if (earlier.isPresent()) {
            // A declined attempt stays declined; Toss would replay its answer anyway.
            return earlier.get().paymentId().equals(payment.id())
                    ? new Claim.Ended(payment)
                    : refused(ConfirmRefused.Reason.KEY_TAKEN, payment);
        }
        if (isGivenBack(payment, request.paymentKey())) {
            return new Claim.Ended(payment);
        }
        if (payment.isOrderClosed()) {
            return refused(ConfirmRefused.Reason.ORDER_CLOSED, payment);
        }
        if (payment.isAccountAsked()) {
            return refused(ConfirmRefused.Reason.ACCOUNT_ASKED_FOR, payment);
        }
        Optional<Duration> wait = untilNext(payment, now);
        if (wait.isPresent()) {
            return new Claim.Refused(new ConfirmRefused(ConfirmRefused.Reason.TOO_MANY_ATTEMPTS, payment, wait.get()));
        }
        if (!place.take()) {
            return new Claim.NoPlace();
        }
        Attempt attempt = new Attempt(
                payment.id(),
                request.paymentKey(),
                payment.orderId(),
                payment.purchase().amount(),
                now);
        Payment confirming = payments.save(payment.confirming(request.paymentKey(), now));
        // What Toss answers is not the caller's doing; events and incidents tell of it.
        changes.audit(request.caller(), "payment.confirm", payment, confirming, null);
        attempts.add(attempt);
        // If this process dies during the call, a status check finds the payment by this.
        statusChecks.requireAnswer(payment.id(), now.plus(statusCheckSettings.orphanAfter()));
        CrashPoint.hit("confirm.claiming");
        return new Claim.Won(attempt, confirming.version());
    }

    /**
     * Whether the money under that key, which came to Toss without an attempt of ours, is on its way back: Toss would
     * still call it done. Nothing of the sum of a payment goes back before that has had an attempt.
     */
    private boolean isGivenBack(Payment payment, PaymentKey key) {
        return payment.status() == PaymentStatus.FAILED && strays.isGivenBack(key);
    }

    private Optional<Duration> untilNext(Payment payment, Instant now) {
        // No state leads back to this one, so no attempt has begun.
        return payment.status() == PaymentStatus.REQUESTED
                ? Optional.empty()
                : properties.untilNext(
                        attempts.startedSince(payment.id(), now.minus(properties.attemptsWindow())), now);
    }

    private static ConfirmRefused.Reason anotherAttempt(Payment payment) {
        return payment.isOrderClosed()
                ? ConfirmRefused.Reason.ORDER_CLOSED
                : ConfirmRefused.Reason.ANOTHER_ATTEMPT_RUNNING;
    }

    private static Claim refused(ConfirmRefused.Reason reason, Payment payment) {
        return new Claim.Refused(new ConfirmRefused(reason, payment));
    }

    private Payment awaitWinner(Payment payment) throws InterruptedException {
        return pause.until(
                clock,
                properties.patience(),
                payment,
                known -> known.status() != PaymentStatus.CONFIRMING,
                known -> payments.findById(known.id()).orElseThrow(() -> new PaymentNotFound(known.id())));
    }
}
