package dev.wonflow.order.order;

import dev.wonflow.order.payment.PaymentFact;
import dev.wonflow.order.payment.PaymentLog;
import dev.wonflow.order.payment.PaymentNote;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Applies what happened to a payment to its order. */
@Service
public class ApplyPayment {

    private static final Logger log = LoggerFactory.getLogger(ApplyPayment.class);

    private final Orders orders;
    private final PaymentLog payments;
    private final Changes changes;
    private final Clock clock;

    /** What became of a fact. */
    public enum Result {
        APPLIED,
        /** No order of ours; tenants also pay for plans that never were an order here. */
        NOT_OURS,
        /** A newer fact about the same payment was applied before. */
        STALE
    }

    ApplyPayment(Orders orders, PaymentLog payments, Changes changes, Clock clock) {
        this.orders = orders;
        this.payments = payments;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Applies, in the caller's transaction.
     *
     * @param sequence grows with each change of the payment; tells older facts from newer ones
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Result apply(PaymentFact fact, long sequence) {
        Optional<Order> order = orders.lock(fact.payment().orderId());
        if (order.isEmpty()) {
            return Result.NOT_OURS;
        }
        if (replacesOlder(fact) && !payments.advance(fact.payment(), sequence)) {
            return Result.STALE;
        }
        apply(order.get(), fact);
        return Result.APPLIED;
    }

    /**
     * A fact without an effect must not hide an older one that has an effect and is still to come, as from a redrive.
     */
    private static boolean replacesOlder(PaymentFact fact) {
        return switch (fact) {
            case PaymentFact.Requested _, PaymentFact.PartiallyRefunded _ -> false;
            case PaymentFact.OutcomeUnknown _,
                    PaymentFact.WaitingForDeposit _,
                    PaymentFact.Paid _,
                    PaymentFact.Reversed _,
                    PaymentFact.Failed _,
                    PaymentFact.Canceled _,
                    PaymentFact.Refunded _ -> true;
        };
    }

    private void apply(Order order, PaymentFact fact) {
        Order.Change change = order.after(fact, Moments.of(clock));
        if (!change.order().equals(order)) {
            changes.save(change);
        }
        PaymentNote note = change.note();
        if (note != null) {
            payments.add(order.id(), note);
            if (note.kind() == PaymentNote.Kind.INCIDENT) {
                log.error(
                        "Order {} of tenant {} is {} and payment {} does not fit: {} ({})",
                        order.id(),
                        order.tenantId(),
                        order.status(),
                        note.paymentId(),
                        note.code(),
                        note.message());
            }
        }
    }
}
