package dev.wonflow.payment.billing;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.payment.CustomerKeys;
import dev.wonflow.payment.gateway.AuthKey;
import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.IssueOutcome;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.TossBusy;
import dev.wonflow.payment.incident.Alerts;
import dev.wonflow.runtime.IdSource;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Exchanges what a buyer agreed to for a billing method. Toss answers a repeat with the same key, by which the method
 * is found again, so that a crash anywhere leaves nothing that the same request does not put right.
 */
@Service
public class RegisterMethod {

    private final BillingMethods methods;
    private final Customers customers;
    private final CustomerKeys customerKeys;
    private final BillingGateway gateway;
    private final CallRoom callRoom;
    private final KeySeal seal;
    private final BillingEvents events;
    private final Alerts alerts;
    private final AuditTrail audit;
    private final Merchant merchant;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionOperations transaction;

    RegisterMethod(
            BillingMethods methods,
            Customers customers,
            CustomerKeys customerKeys,
            BillingGateway gateway,
            CallRoom callRoom,
            KeySeal seal,
            BillingEvents events,
            Alerts alerts,
            AuditTrail audit,
            Merchant merchant,
            IdSource ids,
            Clock clock,
            TransactionOperations transaction) {
        this.methods = methods;
        this.customers = customers;
        this.customerKeys = customerKeys;
        this.gateway = gateway;
        this.callRoom = callRoom;
        this.seal = seal;
        this.events = events;
        this.alerts = alerts;
        this.audit = audit;
        this.merchant = merchant;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * What the billing window is opened with.
     *
     * @param clientKey the browser's key
     */
    public record Window(String customerKey, String clientKey) {}

    /**
     * Names the tenant towards Toss, once for all its windows. The name is ours and cannot be guessed: one who chose it
     * could have another tenant's cards charged.
     */
    public Window window(Caller caller) {
        if (!seal.isSetUp()) {
            throw new BillingNotSetUp();
        }
        String name = customers
                .customerKey(caller.tenant())
                .orElseGet(() -> customers.name(caller.tenant(), customerKeys.next(), clock.instant()));
        return new Window(name, merchant.clientKey());
    }

    /**
     * Registers a method, or finds the one that the same authKey led to. No transaction is open.
     *
     * @param customerKey as the window handed it back, which the browser may have changed
     * @throws BillingRefused if this authKey gives none
     * @throws BillingNotKnown if it is not known yet; the same request finds out
     * @throws TossBusy if as many as may are waiting for Toss
     */
    public BillingMethod register(Caller caller, AuthKey authKey, String customerKey) {
        if (!seal.isSetUp()) {
            throw new BillingNotSetUp();
        }
        String own = customers
                .customerKey(caller.tenant())
                .filter(customerKey::equals)
                .orElseThrow(() -> new BillingRefused(BillingRefused.Reason.CUSTOMER_KEY_DIFFERS, null));
        return switch (issue(authKey, own)) {
            case IssueOutcome.Issued issued -> transaction.execute(_ -> kept(caller, issued));
            case IssueOutcome.Declined(Failure failure) ->
                throw new BillingRefused(BillingRefused.Reason.DECLINED, failure);
            case IssueOutcome.Unknown(String cause) -> throw new BillingNotKnown(cause);
            case IssueOutcome.OurFault(String code) -> {
                report(code);
                throw new BillingNotKnown(code);
            }
        };
    }

    private IssueOutcome issue(AuthKey authKey, String customerKey) {
        try (CallRoom.Place place = callRoom.place(Operation.ISSUE)) {
            place.require();
            return gateway.issue(authKey, customerKey);
        }
    }

    private BillingMethod kept(Caller caller, IssueOutcome.Issued issued) {
        Optional<BillingMethod> earlier = methods.findByPrint(issued.key().print());
        if (earlier.isPresent()) {
            BillingMethod method = earlier.get();
            if (!method.isChargeable() || !method.tenantId().equals(caller.tenant())) {
                throw new BillingRefused(BillingRefused.Reason.AUTHORIZATION_USED, null);
            }
            return method;
        }
        Instant now = clock.instant();
        BillingMethod method = BillingMethod.registered(
                new BillingMethodId(ids.next()), caller.tenant(), issued, merchant.livemode(), now);
        methods.add(method, issued.key());
        events.registered(method);
        audit.record(new AuditEntry(
                caller,
                "billing.register",
                method.id().toString(),
                null,
                Map.of("status", method.status().name(), "method", method.face().method()),
                null));
        return method;
    }

    private void report(String code) {
        transaction.executeWithoutResult(_ -> alerts.report(new IncidentReport(
                code,
                "BILLING_REFUSED",
                IncidentReport.Urgency.ACT,
                null,
                "Toss issues no billing key: " + code + " (expected: one; check key and contract)",
                clock.instant())));
    }
}
