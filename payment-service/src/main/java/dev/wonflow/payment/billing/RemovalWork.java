package dev.wonflow.payment.billing;

import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.gateway.RemovalOutcome;
import dev.wonflow.payment.incident.Alerts;
import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkBackOff;
import dev.wonflow.work.WorkHandler;
import dev.wonflow.work.WorkKind;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Has Toss forget the keys of methods that were removed here, until it has. */
public final class RemovalWork implements WorkHandler<RemovalOutcome> {

    /** The name is in the database and in metrics. */
    public static final WorkKind KIND = WorkKind.named("billing.removal");

    private final BillingMethods methods;
    private final BillingGateway gateway;
    private final RemoveMethod removeMethod;
    private final Alerts alerts;
    private final WorkBackOff backOff;
    private final RandomGenerator random;
    private final Clock clock;

    RemovalWork(
            BillingMethods methods,
            BillingGateway gateway,
            RemoveMethod removeMethod,
            Alerts alerts,
            WorkBackOff backOff,
            RandomGenerator random,
            Clock clock) {
        this.methods = methods;
        this.gateway = gateway;
        this.removeMethod = removeMethod;
        this.alerts = alerts;
        this.backOff = backOff;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public RemovalOutcome work(Claim item) {
        Optional<BillingKey> key = methods.key(id(item));
        return key.isPresent() ? gateway.remove(key.get()) : new RemovalOutcome.Gone();
    }

    @Override
    public void settle(List<Done<RemovalOutcome>> done) {
        for (Done<RemovalOutcome> one : done) {
            BillingMethodId id = id(one.item());
            switch (one.result()) {
                case RemovalOutcome.Gone _ -> removeMethod.removedAtToss(id);
                case RemovalOutcome.Unknown _ -> again(id);
                case RemovalOutcome.OurFault(String code) -> {
                    alerts.report(new IncidentReport(
                            code,
                            "BILLING_REFUSED",
                            IncidentReport.Urgency.ACT,
                            null,
                            "Toss forgets no billing key: " + code + " (expected: done; check key and contract)",
                            clock.instant()));
                    again(id);
                }
            }
        }
    }

    private void again(BillingMethodId id) {
        methods.planRemoval(id, clock.instant().plus(backOff.after(0, random)));
    }

    private static BillingMethodId id(Claim item) {
        return new BillingMethodId(UUID.fromString(item.id()));
    }
}
