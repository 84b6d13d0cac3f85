package dev.wonflow.payment.billing;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** Ends billing methods: at once here, and by work at Toss; or because Toss has. */
@Service
public class RemoveMethod {

    private static final Logger log = LoggerFactory.getLogger(RemoveMethod.class);

    private final BillingMethods methods;
    private final BillingEvents events;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionOperations transaction;

    RemoveMethod(
            BillingMethods methods,
            BillingEvents events,
            AuditTrail audit,
            Clock clock,
            TransactionOperations transaction) {
        this.methods = methods;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Has a method charged no more, and Toss forget it. Removing it again changes nothing.
     *
     * @throws BillingMethodNotFound if the tenant has no such method
     */
    public void remove(Caller caller, BillingMethodId id) {
        transaction.executeWithoutResult(_ -> removed(caller, id));
    }

    private void removed(Caller caller, BillingMethodId id) {
        BillingMethod method = methods.findAndHold(id)
                .filter(found -> found.tenantId().equals(caller.tenant()))
                .orElseThrow(() -> new BillingMethodNotFound(id));
        if (!method.isChargeable()) {
            return;
        }
        Instant now = clock.instant();
        methods.save(method.moveTo(BillingMethodStatus.REMOVING, now));
        methods.planRemoval(id, now);
        events.removed(method, BillingEvents.RemovedBy.TENANT, now);
        audit.record(new AuditEntry(
                caller,
                "billing.remove",
                id.toString(),
                Map.of("status", method.status().name()),
                Map.of("status", BillingMethodStatus.REMOVING.name()),
                null));
    }

    /** Toss has forgotten the key of a method, as it says of the method itself. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void removedAtToss(BillingMethodId id) {
        methods.findAndHold(id)
                .filter(method -> method.status() != BillingMethodStatus.REMOVED)
                .ifPresent(this::gone);
    }

    private void gone(BillingMethod method) {
        Instant now = clock.instant();
        methods.save(method.moveTo(BillingMethodStatus.REMOVED, now));
        if (method.isChargeable()) {
            events.removed(method, BillingEvents.RemovedBy.TOSS, now);
        }
        log.info("Billing method {} is gone at Toss", method.id());
    }

    /**
     * The same for a key that a webhook names. Toss cannot be asked about keys, but nobody else knows one.
     *
     * @param print of the key
     * @return whether it was the key of a method that was not removed yet; empty if it is of none
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Boolean> removedAtToss(String print) {
        Optional<BillingMethod> method = methods.findByPrint(print);
        method.ifPresent(found -> removedAtToss(found.id()));
        return method.map(found -> found.status() != BillingMethodStatus.REMOVED);
    }
}
