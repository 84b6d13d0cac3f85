package dev.wonflow.payment.payment;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.payment.ledger.Ledger;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.ledger.Position;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Stores a step together with the event that tells of it and what it does to the ledger; in the caller's transaction.
 */
@Service
class Changes {

    private final Payments payments;
    private final PaymentEvents events;
    private final Ledger ledger;
    private final AuditTrail audit;

    Changes(Payments payments, PaymentEvents events, Ledger ledger, AuditTrail audit) {
        this.payments = payments;
        this.events = events;
        this.ledger = ledger;
        this.audit = audit;
    }

    Payment save(Payment.Change change) {
        Payment stored = payments.save(change.payment());
        events.publish(stored, change.event());
        kind(change.event())
                .ifPresent(kind ->
                        post(kind, change.before(), stored, change.event().at()));
        return stored;
    }

    /** Stores that the order of money Toss holds was called off: of no interest to anybody but the ledger. */
    Payment owe(Payment payment, Payment closed, Instant now) {
        Payment stored = payments.save(closed);
        post(LedgerEntry.Kind.OWED, payment.position(), stored, now);
        return stored;
    }

    private void post(LedgerEntry.Kind kind, Position before, Payment stored, Instant at) {
        ledger.post(LedgerEntry.of(stored.ledgerSource(), kind, before, stored.position(), at));
    }

    /** Empty if no money moves. */
    private static Optional<LedgerEntry.Kind> kind(PaymentEvent event) {
        return switch (event) {
            case PaymentEvent.Paid _ -> Optional.of(LedgerEntry.Kind.CAPTURED);
            case PaymentEvent.Reversed _ -> Optional.of(LedgerEntry.Kind.REVERSED);
            case PaymentEvent.Refunded _, PaymentEvent.PartiallyRefunded _ -> Optional.of(LedgerEntry.Kind.REFUNDED);
            case PaymentEvent.Requested _,
                    PaymentEvent.OutcomeUnknown _,
                    PaymentEvent.DepositAwaited _,
                    PaymentEvent.Failed _,
                    PaymentEvent.Canceled _,
                    PaymentEvent.RemittanceChanged _ -> Optional.empty();
        };
    }

    /**
     * Writes down what a caller did, beside the step itself.
     *
     * @param before {@code null} if the payment came to be by this
     */
    void audit(Caller caller, String action, @Nullable Payment before, Payment after, @Nullable String why) {
        audit.record(new AuditEntry(
                caller, action, after.id().toString(), before == null ? null : facts(before), facts(after), why));
    }

    private static Map<String, Object> facts(Payment payment) {
        return Map.of(
                "status", payment.status().name(),
                "orderId", payment.orderId().value(),
                "amount", payment.purchase().amount().won(),
                "version", payment.version());
    }
}
