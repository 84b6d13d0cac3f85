package dev.wonflow.subscription.notice;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Has a tenant written to somebody else. */
@Service
public class ChangeContact {

    private final BillingContacts contacts;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionOperations transaction;

    ChangeContact(BillingContacts contacts, AuditTrail audit, Clock clock, TransactionOperations transaction) {
        this.contacts = contacts;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** From the next mail on, those that wait to be sent included. Who changed it is kept, the address is not. */
    public void to(Caller caller, BillingContact contact) {
        transaction.executeWithoutResult(_ -> {
            Map<String, Object> before = contacts.put(caller.tenant(), contact, clock.instant())
                    .<Map<String, Object>>map(
                            old -> Map.of("locale", old.language().code()))
                    .orElse(null);
            audit.record(new AuditEntry(
                    caller,
                    "billing-contact.change",
                    caller.tenant().value(),
                    before,
                    Map.of("locale", contact.language().code()),
                    null));
        });
    }
}
