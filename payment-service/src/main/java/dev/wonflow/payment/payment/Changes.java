package dev.wonflow.payment.payment;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Stores a step together with the event that tells of it; in the caller's transaction. */
@Service
class Changes {

    private final Payments payments;
    private final PaymentEvents events;
    private final AuditTrail audit;

    Changes(Payments payments, PaymentEvents events, AuditTrail audit) {
        this.payments = payments;
        this.events = events;
        this.audit = audit;
    }

    Payment save(Payment.Change change) {
        Payment stored = payments.save(change.payment());
        events.publish(stored, change.event());
        return stored;
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
