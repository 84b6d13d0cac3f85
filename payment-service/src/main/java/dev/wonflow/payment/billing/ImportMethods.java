package dev.wonflow.payment.billing;

import dev.wonflow.access.Operator;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.gateway.IssueOutcome;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes over billing keys that Toss issued to the merchant before it had this service. Toss cannot be asked about a
 * key, so whether one charges is known at its first charge. Each is taken once, by the print of its key.
 */
@Service
public class ImportMethods {

    private final BillingMethods methods;
    private final Customers customers;
    private final KeySeal seal;
    private final BillingEvents events;
    private final AuditTrail audit;
    private final Merchant merchant;
    private final IdSource ids;
    private final Clock clock;

    ImportMethods(
            BillingMethods methods,
            Customers customers,
            KeySeal seal,
            BillingEvents events,
            AuditTrail audit,
            Merchant merchant,
            IdSource ids,
            Clock clock) {
        this.methods = methods;
        this.customers = customers;
        this.seal = seal;
        this.events = events;
        this.audit = audit;
        this.merchant = merchant;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A billing key and what belongs to it.
     *
     * @param customerKey the one it was issued for; 2 to 300 characters
     */
    public record Issued(TenantId tenant, BillingKey key, String customerKey, IssueOutcome.Face face) {}

    /**
     * What became of one.
     *
     * @param id the method there is for it now; null: none was taken
     * @param isNew whether it was not there before
     * @param problem what was wrong and what was expected; empty if it was taken
     */
    public record Result(@Nullable BillingMethodId id, boolean isNew, Optional<String> problem) {

        static Result kept(BillingMethodId id, boolean isNew) {
            return new Result(id, isNew, Optional.empty());
        }

        static Result refused(String problem) {
            return new Result(null, false, Optional.of(problem));
        }
    }

    /**
     * Takes them over, in the caller's transaction.
     *
     * @return what became of each, in their order
     * @throws BillingNotSetUp if there is nothing to seal keys with
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Result> take(List<Issued> all, Operator operator) {
        if (!seal.isSetUp()) {
            throw new BillingNotSetUp();
        }
        return all.stream().map(issued -> take(issued, operator)).toList();
    }

    private Result take(Issued issued, Operator operator) {
        Optional<BillingMethod> earlier = methods.findByPrint(issued.key().print());
        if (earlier.isPresent()) {
            return again(issued, earlier.get());
        }
        Instant now = clock.instant();
        if (customers.customerKey(issued.tenant()).isEmpty()) {
            // Windows the tenant opens later are for the name its cards are known by already.
            Optional<TenantId> other = customers.tenant(issued.customerKey());
            if (other.isPresent()) {
                return Result.refused("customerKey: another tenant's (expected: one that only this tenant has)");
            }
            customers.name(issued.tenant(), issued.customerKey(), now);
        }
        BillingMethod method = BillingMethod.registered(
                new BillingMethodId(ids.next()),
                issued.tenant(),
                new IssueOutcome.Issued(issued.key(), issued.customerKey(), issued.face()),
                merchant.livemode(),
                now);
        methods.add(method, issued.key());
        events.registered(method);
        audit.record(new AuditEntry(
                operator,
                "billing.import",
                method.id().toString(),
                null,
                Map.of(
                        "tenant", method.tenantId().value(),
                        "status", method.status().name(),
                        "method", method.face().method()),
                null));
        return Result.kept(method.id(), true);
    }

    private static Result again(Issued issued, BillingMethod earlier) {
        if (!earlier.tenantId().equals(issued.tenant())) {
            return Result.refused("billingKey: another tenant's already (expected: one of this tenant)");
        }
        if (!earlier.customerKey().equals(issued.customerKey())) {
            return Result.refused("customerKey: another than before (expected: the one the key was issued for)");
        }
        return earlier.isChargeable()
                ? Result.kept(earlier.id(), false)
                : Result.refused("billingKey: removed here (expected: one that may be charged)");
    }
}
