package dev.wonflow.subscription.dunning;

import dev.wonflow.access.Operator;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.runtime.TenantId;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Says how tenants are treated that do not pay. It holds from the next step of each case on. */
@Service
public class SetPolicy {

    private static final String OF_ALL = "default";

    private final DunningPolicies policies;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionOperations transaction;

    SetPolicy(DunningPolicies policies, AuditTrail audit, Clock clock, TransactionOperations transaction) {
        this.policies = policies;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * What holds.
     *
     * @param tenant null: for all that have none of their own
     */
    public DunningPolicy policy(@Nullable TenantId tenant) {
        return policies.find(tenant)
                .or(() -> tenant == null ? Optional.empty() : policies.find(null))
                .orElseGet(DunningPolicy::standard);
    }

    /** Sets one; the same again changes nothing. */
    public void set(Operator operator, @Nullable TenantId tenant, DunningPolicy policy) {
        transaction.executeWithoutResult(_ -> {
            Optional<DunningPolicy> before = policies.find(tenant);
            if (before.isEmpty() || !before.get().equals(policy)) {
                policies.save(tenant, policy, clock.instant());
                audit.record(new AuditEntry(
                        operator,
                        "dunning.set-policy",
                        tenant == null ? OF_ALL : tenant.value(),
                        before.map(SetPolicy::facts).orElse(null),
                        facts(policy),
                        null));
            }
        });
    }

    /** Has what holds for all hold for a tenant, too; answers whether it had a policy of its own. */
    public boolean remove(Operator operator, TenantId tenant) {
        return transaction.execute(_ -> {
            Optional<DunningPolicy> before = policies.find(tenant);
            if (before.isEmpty()) {
                return false;
            }
            policies.remove(tenant);
            audit.record(new AuditEntry(
                    operator,
                    "dunning.remove-policy",
                    tenant.value(),
                    facts(before.get()),
                    Map.of("policy", "of all"),
                    null));
            return true;
        });
    }

    private static Map<String, Object> facts(DunningPolicy policy) {
        return Map.of(
                "daysBetweenAttempts",
                policy.daysBetweenAttempts().stream().map(String::valueOf).collect(Collectors.joining(",")),
                "quietHours",
                String.valueOf(policy.quietHours()),
                "maintenance",
                policy.maintenance().toString(),
                "graceDays",
                (long) policy.graceDays(),
                "restrictedDays",
                (long) policy.restrictedDays(),
                "suspendedDays",
                (long) policy.suspendedDays(),
                "finalAction",
                policy.finalAction().name());
    }
}
