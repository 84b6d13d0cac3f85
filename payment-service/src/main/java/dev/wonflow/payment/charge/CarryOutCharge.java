package dev.wonflow.payment.charge;

import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.billing.BillingMethod;
import dev.wonflow.payment.billing.BillingMethods;
import dev.wonflow.payment.billing.RemoveMethod;
import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.gateway.ChargeCall;
import dev.wonflow.payment.gateway.ChargeOutcome;
import dev.wonflow.payment.gateway.ChargeOutcome.Remedy;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.incident.Alerts;
import dev.wonflow.payment.payment.OpenPaidPayment;
import dev.wonflow.payment.payment.Purchase;
import dev.wonflow.runtime.CrashPoint;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.work.WorkBackOff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Toss charge, in two parts: the call, alone and in no transaction, and what came of it, with others in one. Orders
 * and keys of the calls follow from the command, so that Toss takes a repeat for what it is; and who cannot be sure to
 * be the first looks before anything is sent again. What is written of a charge has its tenant's time; when to go on is
 * planned in the service's.
 */
final class CarryOutCharge {

    private static final Logger log = LoggerFactory.getLogger(CarryOutCharge.class);

    /** Longer than Toss works on any call; what it does not know then it has not done. */
    private static final Duration CALLS_ARE_OVER = Duration.ofMinutes(10);

    private final Charges charges;
    private final BillingMethods methods;
    private final RemoveMethod removeMethod;
    private final BillingGateway gateway;
    private final OpenPaidPayment openPaidPayment;
    private final ChargeEvents events;
    private final Alerts alerts;
    private final ChargePace pace;
    private final WorkBackOff backOff;
    private final RandomGenerator random;
    private final Clock clock;
    private final TenantClocks clocks;

    CarryOutCharge(
            Charges charges,
            BillingMethods methods,
            RemoveMethod removeMethod,
            BillingGateway gateway,
            OpenPaidPayment openPaidPayment,
            ChargeEvents events,
            Alerts alerts,
            ChargePace pace,
            WorkBackOff backOff,
            RandomGenerator random,
            Clock clock,
            TenantClocks clocks) {
        this.charges = charges;
        this.methods = methods;
        this.removeMethod = removeMethod;
        this.gateway = gateway;
        this.openPaidPayment = openPaidPayment;
        this.events = events;
        this.alerts = alerts;
        this.pace = pace;
        this.backOff = backOff;
        this.random = random;
        this.clock = clock;
        this.clocks = clocks;
    }

    /** What a turn led to. */
    sealed interface Turn {

        /** The charge had ended before. */
        record Over() implements Turn {}

        /** Toss was called. */
        record Called(ChargeOutcome outcome, Instant at) implements Turn {}

        /** Toss was asked. */
        record Looked(GatewayFinding finding) implements Turn {}

        /** Toss was called, had the order before, and was asked. */
        record LookedAfterCall(GatewayFinding finding, Instant at) implements Turn {}

        /**
         * There is nothing to charge.
         *
         * @param mayHaveBeen whether there was when an earlier call may have been made
         */
        record NoMethod(String code, boolean mayHaveBeen) implements Turn {}
    }

    /**
     * Takes a turn; no transaction is open. Safe to repeat at any point.
     *
     * @param first whether nobody can have called for this charge before
     */
    Turn turn(ChargeId id, boolean first) throws InterruptedException {
        Charge charge = require(charges.find(id), id);
        if (charge.status().isEnded()) {
            return new Turn.Over();
        }
        boolean mayHaveBeen = !first || charge.status() == ChargeStatus.UNKNOWN;
        if (mayHaveBeen) {
            GatewayFinding finding = look(charge);
            if (!(finding instanceof GatewayFinding.Absent)
                    || charge.uncertainty().isOnlyAsked()) {
                return new Turn.Looked(finding);
            }
        }
        Optional<BillingMethod> method = methods.find(charge.tenantId(), charge.methodId());
        if (method.isEmpty()) {
            return new Turn.NoMethod("BILLING_METHOD_UNKNOWN", mayHaveBeen);
        }
        if (!method.get().isChargeable()) {
            return new Turn.NoMethod("BILLING_METHOD_REMOVED", mayHaveBeen);
        }
        Optional<BillingKey> key = methods.key(charge.methodId());
        return key.isPresent()
                ? called(charge, method.get(), key.get())
                : new Turn.NoMethod("BILLING_METHOD_REMOVED", mayHaveBeen);
    }

    /** At the pace of charges: after an outage of Toss there may be many to look for at once. */
    private GatewayFinding look(Charge charge) throws InterruptedException {
        pace.await();
        return gateway.find(charge.orderId());
    }

    private Turn called(Charge charge, BillingMethod method, BillingKey key) throws InterruptedException {
        pace.await();
        CrashPoint.hit("charge.claimed");
        ChargeOutcome outcome = gateway.charge(new ChargeCall(
                charge.id().value(),
                charge.callNumber(),
                charge.orderId(),
                key,
                method.customerKey(),
                charge.amount(),
                charge.taxFree(),
                charge.orderName()));
        CrashPoint.hit("charge.called");
        Instant at = clocks.now(charge.tenantId());
        return outcome instanceof ChargeOutcome.Happened
                ? new Turn.LookedAfterCall(look(charge), at)
                : new Turn.Called(outcome, at);
    }

    /** Takes in what a turn led to; in a transaction. */
    void settle(ChargeId id, Turn turn) {
        Charge charge = require(charges.findAndHold(id), id);
        if (charge.status().isEnded()) {
            return;
        }
        Instant now = clocks.now(charge.tenantId());
        switch (turn) {
            case Turn.Over _ -> {}
            case Turn.Called(ChargeOutcome outcome, Instant at) -> answered(charge, outcome, at, now);
            case Turn.Looked(GatewayFinding finding) -> found(charge, finding, null, now);
            case Turn.LookedAfterCall(GatewayFinding finding, Instant at) -> found(charge, finding, at, now);
            case Turn.NoMethod(String code, boolean mayHaveBeen) -> withoutMethod(charge, code, mayHaveBeen, now);
        }
    }

    private void answered(Charge charge, ChargeOutcome outcome, Instant at, Instant now) {
        switch (outcome) {
            case ChargeOutcome.Answered(GatewayFinding.Seen seen) -> found(charge, seen, at, now);
            case ChargeOutcome.Declined(Failure failure, Remedy remedy) -> {
                if (failure.code().equals("ALREADY_REMOVED_BILLING_KEY")) {
                    removeMethod.removedAtToss(charge.methodId());
                }
                failed(charge, failure, remedy, now);
            }
            case ChargeOutcome.Happened(String code) -> notKnown(charge, code, at, true, now);
            case ChargeOutcome.Unclear(String code) -> notKnown(charge, code, at, true, now);
            case ChargeOutcome.Unknown(String cause) -> notKnown(charge, cause, at, false, now);
            case ChargeOutcome.TooManyCalls(String cause) -> open(charge, charge.heldUp(at, true, now), cause, now);
            case ChargeOutcome.OurFault(String code) -> ourFault(charge, code, at, true, now);
        }
    }

    /**
     * Takes in what Toss says of the order.
     *
     * @param called when a call was made whose answer this is; {@code null} if Toss was only asked
     */
    private void found(Charge charge, GatewayFinding finding, @Nullable Instant called, Instant now) {
        boolean answered = called != null;
        switch (finding) {
            case GatewayFinding.Seen seen -> seen(charge, seen, called, now);
            case GatewayFinding.Absent(String code) -> notKnown(charge, code, called, answered, now);
            case GatewayFinding.Unclear(String cause) -> notKnown(charge, cause, called, answered, now);
            case GatewayFinding.OurFault(String code) -> ourFault(charge, code, called, answered, now);
        }
    }

    private void seen(Charge charge, GatewayFinding.Seen seen, @Nullable Instant called, Instant now) {
        GatewayPayment at = seen.gatewayPayment();
        Optional<String> contradiction = at.contradiction(charge.orderId(), charge.amount());
        if (contradiction.isPresent()) {
            report(charge, "ANSWER_CONTRADICTS", contradiction.get(), now);
            notKnown(charge, "ANSWER_CONTRADICTS", called, called != null, now);
            return;
        }
        switch (seen.state()) {
            case DONE, CANCELED, PARTIAL_CANCELED -> {
                if (at.approvedAt() == null) {
                    notKnown(charge, "NOT_APPROVED", called, called != null, now);
                } else {
                    paid(charge, seen, now);
                }
            }
            case ABORTED, EXPIRED ->
                failed(
                        charge,
                        seen.failure() == null ? new Failure(seen.state().name(), null) : seen.failure(),
                        Remedy.LATER,
                        now);
            case READY, IN_PROGRESS, WAITING_FOR_DEPOSIT, UNLISTED ->
                notKnown(charge, seen.state().name(), called, called != null, now);
        }
    }

    private void paid(Charge charge, GatewayFinding.Seen seen, Instant now) {
        Purchase purchase = new Purchase(
                charge.orderId(), charge.tenantId(), charge.orderName(), charge.amount(), null, null, null);
        PaymentId payment = openPaidPayment.open(purchase, seen, now);
        store(charge.paid(payment, now), new ChargeEvent.Paid(payment, now));
    }

    private void failed(Charge charge, Failure failure, Remedy remedy, Instant now) {
        store(charge.failed(failure, remedy, now), new ChargeEvent.Failed(failure, remedy, now));
    }

    /** Without an earlier call nothing can have been taken; with one, Toss has to be asked until that is over. */
    private void withoutMethod(Charge charge, String code, boolean mayHaveBeen, Instant now) {
        Instant called = charge.calledAt();
        if (mayHaveBeen && (called == null || now.isBefore(called.plus(CALLS_ARE_OVER)))) {
            // A worker that died may have called just before.
            notKnown(charge, code, called == null ? now : null, false, now);
            return;
        }
        failed(charge, new Failure(code, null), Remedy.NEW_METHOD, now);
    }

    /** One row for all charges that meet it: nobody's customer has done anything, and one mend helps all. */
    private void ourFault(Charge charge, String code, @Nullable Instant called, boolean answered, Instant now) {
        alerts.report(new IncidentReport(
                code,
                "CHARGES_REFUSED",
                IncidentReport.Urgency.ACT,
                null,
                "charge " + charge.id() + " answered " + code
                        + " (expected: a decision; check keys and contract, charges go on by themselves)",
                now));
        open(charge, charge.heldUp(called, answered, now), code, now);
    }

    private void notKnown(Charge charge, String cause, @Nullable Instant called, boolean answered, Instant now) {
        Charge unknown = charge.notKnown(called, answered, now);
        open(charge, unknown, cause, now);
        if (unknown.uncertainty().isToBeReported()) {
            report(
                    charge,
                    "CHARGE_NOT_KNOWN",
                    "order " + charge.orderId() + " of " + charge.amount() + " answered " + cause
                            + " (expected: done or declined; look for the order in Toss's console)",
                    now);
        }
    }

    private void open(Charge charge, Charge unknown, String cause, Instant now) {
        if (charge.status() == ChargeStatus.REQUESTED) {
            store(unknown, new ChargeEvent.OutcomeUnknown(cause, now));
        } else {
            charges.save(unknown);
        }
        log.warn("Charge {} is not known to have been made: {}", charge.id(), cause);
        charges.plan(
                charge.id(),
                clock.instant().plus(backOff.after(unknown.uncertainty().turns() - 1, random)));
    }

    private void store(Charge charge, ChargeEvent event) {
        charges.save(charge);
        events.publish(charge, event);
        CrashPoint.hit("charge.settling");
    }

    private void report(Charge charge, String kind, String detail, Instant now) {
        alerts.report(new IncidentReport(
                charge.id().toString(), kind, IncidentReport.Urgency.ACT, charge.tenantId(), detail, now));
    }

    private static Charge require(Optional<Charge> charge, ChargeId id) {
        return charge.orElseThrow(() ->
                new IllegalStateException("charge " + id + ": not stored (expected: stored before it was planned)"));
    }
}
