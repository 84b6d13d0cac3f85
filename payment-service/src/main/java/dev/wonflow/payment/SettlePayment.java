package dev.wonflow.payment;

import java.time.Clock;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes in what Toss says, whoever asked: the confirm, the resolver, or a webhook's re-query. All of them may come at
 * once; each reads the payment afresh, and who loses the race for the next version reads it again.
 */
@Service
public class SettlePayment {

    /** More writers than this at the same instant do not exist; a further conflict is a bug. */
    private static final int ROUNDS = 10;

    private final Payments payments;
    private final Attempts attempts;
    private final Inquiries inquiries;
    private final Incidents incidents;
    private final Steps steps;
    private final ResolverProperties resolver;
    private final Clock clock;
    private final TransactionOperations transaction;

    SettlePayment(
            Payments payments,
            Attempts attempts,
            Inquiries inquiries,
            Incidents incidents,
            Steps steps,
            ResolverProperties resolver,
            Clock clock,
            TransactionOperations transaction) {
        this.payments = payments;
        this.attempts = attempts;
        this.inquiries = inquiries;
        this.incidents = incidents;
        this.steps = steps;
        this.resolver = resolver;
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

    /** Takes in the answer to the confirm call of the try {@code key}. */
    public Settled outcome(PaymentId id, PaymentKey key, GatewayOutcome outcome) {
        return settle(id, (payment, now) -> Verdict.on(payment, key, outcome, now));
    }

    /**
     * Takes in what Toss said when asked.
     *
     * @param asked the paymentKey asked for; {@code null} if asked by order
     */
    public Settled finding(PaymentId id, @Nullable PaymentKey asked, GatewayFinding finding) {
        return settle(id, (payment, now) -> Verdict.on(payment, asked, finding, now));
    }

    private Settled settle(PaymentId id, BiFunction<Payment, Instant, Verdict> judge) {
        for (int round = 1; ; round++) {
            try {
                return transaction.execute(_ -> take(id, judge));
            } catch (OptimisticLockingFailureException e) {
                if (round == ROUNDS) {
                    throw e;
                }
            }
        }
    }

    private Settled take(PaymentId id, BiFunction<Payment, Instant, Verdict> judge) {
        Instant now = clock.instant();
        Payment payment = payments.findById(id).orElseThrow(() -> new PaymentNotFound(id));
        Verdict verdict = judge.apply(payment, now);
        for (Payment.Change change : verdict.steps()) {
            payment = steps.take(new Payment.Change(change.payment().after(payment), change.event()));
            noteAttempt(payment, change.event(), now);
        }
        verdict.incident().ifPresent(incidents::report);
        boolean changed = !verdict.steps().isEmpty();
        if (changed && payment.status() == PaymentStatus.UNKNOWN) {
            inquiries.require(id, now.plus(resolver.firstDelay()));
        } else if (changed) {
            inquiries.release(id, now.plus(resolver.hintDelay()));
        }
        return new Settled(payment, changed, verdict.incident().isPresent());
    }

    private void noteAttempt(Payment payment, PaymentEvent event, Instant now) {
        if (payment.paymentKey() == null) {
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
}
