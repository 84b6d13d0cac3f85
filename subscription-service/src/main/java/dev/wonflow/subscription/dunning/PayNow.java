package dev.wonflow.subscription.dunning;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.subscription.charge.Occasion;
import dev.wonflow.subscription.invoice.InvoiceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Has an overdue invoice tried at once, because its tenant asks for it. */
@Service
public class PayNow {

    private final DunningCases cases;
    private final AuditTrail audit;
    private final TenantClocks clocks;
    private final TransactionOperations transaction;

    PayNow(DunningCases cases, AuditTrail audit, TenantClocks clocks, TransactionOperations transaction) {
        this.cases = cases;
        this.audit = audit;
        this.clocks = clocks;
        this.transaction = transaction;
    }

    /** Answers the case; empty if the tenant has no such invoice that is overdue. */
    public Optional<DunningCase> pay(Caller caller, InvoiceId invoice) {
        return transaction.execute(_ -> cases.hold(List.of(invoice)).stream()
                .filter(one ->
                        one.tenant().equals(caller.tenant()) && one.stage().isOpen())
                .findFirst()
                .map(one -> hurried(caller, one)));
    }

    private DunningCase hurried(Caller caller, DunningCase one) {
        DunningCase next = one.hurried(Occasion.ASKED, clocks.now(one.tenant()));
        cases.save(List.of(next));
        audit.record(new AuditEntry(
                caller,
                "invoice.pay-now",
                one.invoice().toString(),
                Map.of("stage", one.stage().name(), "asked", false),
                Map.of("stage", next.stage().name(), "asked", true),
                null));
        return next;
    }
}
