package dev.wonflow.subscription.taxinvoice;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Has a tenant's tax invoices made out to somebody else. */
@Service
public class ChangeTaxProfile {

    private final TaxProfiles profiles;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionOperations transaction;

    ChangeTaxProfile(TaxProfiles profiles, AuditTrail audit, Clock clock, TransactionOperations transaction) {
        this.profiles = profiles;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Of all that were not issued yet, too. The number is kept on record, names and addresses are not. */
    public void to(Caller caller, TaxProfile profile) {
        transaction.executeWithoutResult(_ -> {
            Map<String, Object> before = profiles.put(caller.tenant(), profile, clock.instant())
                    .<Map<String, Object>>map(
                            old -> Map.of("number", old.number().digits()))
                    .orElse(null);
            audit.record(new AuditEntry(
                    caller,
                    "tax-profile.change",
                    caller.tenant().value(),
                    before,
                    Map.of("number", profile.number().digits()),
                    null));
        });
    }
}
