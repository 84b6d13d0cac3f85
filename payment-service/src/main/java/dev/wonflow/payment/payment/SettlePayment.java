package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.incident.Incidents;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes in what Toss says, whoever asked: the confirm, the resolver, or a webhook's re-query. All of them may come at
 * once; each holds the payment while it decides. Each says which version of the payment it asked about, since an answer
 * may have been overtaken.
 */
@Service
public class SettlePayment {

    private final Payments payments;
    private final Attempts attempts;
    private final StatusChecks inquiries;
    private final Incidents incidents;
    private final Steps steps;
    private final StatusCheckProperties resolver;
    private final DepositProperties deposit;
    private final Clock clock;
    private final TransactionOperations transaction;

    SettlePayment(
            Payments payments,
            Attempts attempts,
            StatusChecks inquiries,
            Incidents incidents,
            Steps steps,
            StatusCheckProperties resolver,
            DepositProperties deposit,
            Clock clock,
            TransactionOperations transaction) {
        this.payments = payments;
        this.attempts = attempts;
        this.inquiries = inquiries;
        this.incidents = incidents;
        this.steps = steps;
        this.resolver = resolver;
        this.deposit = deposit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * The payment afterwards.
     *
     * @param changed whether the answer made a difference
     * @param alarming whether it was reported as an incident
     */
    public record Settled(Payment payment, boolean changed, boolean alarming) {}

    /**
     * Takes in the answer to the confirm call of the try {@code key}.
     *
     * @param asOf version of the payment when the call was made
     */
    public Settled outcome(PaymentId id, PaymentKey key, long asOf, GatewayOutcome outcome) {
        return transaction.execute(_ -> take(id, asOf, false, judgement -> judgement.on(key, outcome)));
    }

    /**
     * Takes in what Toss said when asked.
     *
     * @param asked the paymentKey asked for; {@code null} if asked by order
     * @param asOf version of the payment when Toss was asked
     */
    public Settled finding(PaymentId id, @Nullable PaymentKey asked, long asOf, GatewayFinding finding) {
        boolean answered = finding instanceof GatewayFinding.Seen || finding instanceof GatewayFinding.Absent;
        return transaction.execute(_ -> take(id, asOf, answered, judgement -> judgement.on(asked, finding)));
    }

    private Settled take(PaymentId id, long asOf, boolean answered, Function<Judgement, SettlementDecision> judge) {
        Instant now = clock.instant();
        Payment payment = payments.findAndHoldById(id).orElseThrow(() -> new PaymentNotFound(id));
        boolean upToDate = asOf == payment.version();
        SettlementDecision verdict = judge.apply(new Judgement(payment, asOf, now, deposit.grace()));
        for (Payment.Change change : verdict.steps()) {
            payment = steps.take(new Payment.Change(change.payment().after(payment), change.event()));
            noteAttempt(payment, change.event(), now);
        }
        verdict.incident().ifPresent(incidents::report);
        if (verdict.doubted()) {
            // A version of its own, so that no answer asked for before the doubt can end it.
            payment = payments.save(payment);
            inquiries.require(id, now.plus(resolver.firstDelay()));
        } else if (verdict.changes() || (answered && upToDate)) {
            planNextLook(payment, verdict.changes(), now);
        }
        return new Settled(payment, verdict.changes(), verdict.incident().isPresent());
    }

    private void planNextLook(Payment payment, boolean changed, Instant now) {
        switch (payment.status()) {
            // The date of the claim stands.
            case CONFIRMING -> {}
            case UNKNOWN -> {
                if (changed) {
                    inquiries.require(payment.id(), now.plus(resolver.firstDelay()));
                }
            }
            case WAITING_FOR_DEPOSIT -> {
                if (!payment.isOrderClosed()) {
                    inquiries.require(payment.id(), nextLook(payment, now));
                } else if (changed) {
                    // To be closed at Toss, with growing pauses from here on.
                    inquiries.require(payment.id(), now);
                }
            }
            case REQUESTED, PAID, FAILED, CANCELED, PARTIALLY_REFUNDED, REFUNDED ->
                inquiries.release(payment.id(), now.plus(resolver.hintDelay()));
        }
    }

    private Instant nextLook(Payment payment, Instant now) {
        CapturedFunds holding = payment.holding();
        return deposit.nextLook(payment.changedAt(), holding == null ? null : holding.dueAt(), now);
    }

    private void noteAttempt(Payment payment, PaymentEvent event, Instant now) {
        if (payment.paymentKey() == null || isOfTheOrder(event)) {
            return;
        }
        String code = switch (event) {
            case PaymentEvent.OutcomeUnknown unknown -> unknown.cause();
            case PaymentEvent.Failed failed -> failed.failure().code();
            case PaymentEvent.Requested _,
                    PaymentEvent.DepositAwaited _,
                    PaymentEvent.Paid _,
                    PaymentEvent.Reversed _,
                    PaymentEvent.Canceled _,
                    PaymentEvent.Refunded _,
                    PaymentEvent.PartiallyRefunded _ -> null;
        };
        attempts.note(payment.paymentKey(), payment.status(), code, now);
    }

    /** The end of the order says nothing about the try, which keeps its decline. */
    private static boolean isOfTheOrder(PaymentEvent event) {
        return event instanceof PaymentEvent.Canceled(var reason, var _)
                && reason == PaymentEvent.CancelReason.ORDER_CANCELLED;
    }
}
