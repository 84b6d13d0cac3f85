package dev.wonflow.subscription.invoice;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionEvent;
import dev.wonflow.subscription.subscription.SubscriptionEvents;
import dev.wonflow.subscription.subscription.SubscriptionFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Keeps invoices in step with subscriptions that end, rest, or were paid for by hand. */
@Component
class CloseInvoices implements SubscriptionEvents {

    private final Invoices invoices;
    private final PlanVersions plans;
    private final StoreInvoices store;
    private final IdSource ids;

    CloseInvoices(Invoices invoices, PlanVersions plans, StoreInvoices store, IdSource ids) {
        this.invoices = invoices;
        this.plans = plans;
        this.store = store;
        this.ids = ids;
    }

    @Override
    public void publish(List<SubscriptionFact> facts) {
        List<SubscriptionFact> ends = facts.stream().filter(CloseInvoices::ends).toList();
        if (ends.isEmpty()) {
            return;
        }
        Set<SubscriptionId> owing = invoices.withOpen(
                ends.stream().map(fact -> fact.subscription().id()).toList());
        for (SubscriptionFact fact : ends) {
            if (owing.contains(fact.subscription().id())) {
                close(fact.subscription(), fact.event().at());
            }
            if (fact.event() instanceof SubscriptionEvent.Activated(Instant at)) {
                addPurchase(fact.subscription(), at);
            }
        }
    }

    /** Whether what was asked for before is not wanted any more. */
    private static boolean ends(SubscriptionFact fact) {
        return switch (fact.event()) {
            case SubscriptionEvent.Activated _ -> true;
            case SubscriptionEvent.Renewed _ -> false;
            case SubscriptionEvent.Changed _ ->
                switch (fact.subscription().status()) {
                    case CANCELED, EXPIRED, PAUSED -> true;
                    case INCOMPLETE, TRIALING, ACTIVE, PAST_DUE, RESTRICTED, SUSPENDED -> false;
                };
        };
    }

    /** What was not used counts as never asked for; what was, and nobody pays, is given up. */
    private void close(Subscription subscription, Instant at) {
        List<Invoice> unused = new ArrayList<>();
        List<Invoice> used = new ArrayList<>();
        for (Invoice invoice : invoices.open(subscription.id())) {
            boolean begun = invoice.kind() == InvoiceKind.PERIOD
                    && subscription
                            .period()
                            .start()
                            .isBefore(subscription.period().end())
                    && invoice.period().start().isBefore(at);
            (begun ? used : unused).add(invoice);
        }
        store.voidAll(unused, at);
        store.giveUp(used, at);
    }

    private void addPurchase(Subscription bought, Instant at) {
        String paymentId = bought.lastPaymentId();
        String orderId = bought.lastOrderId();
        if (paymentId == null || orderId == null) {
            return;
        }
        InvoicePayment by = new InvoicePayment(paymentId, orderId, bought.livemode());
        plans.find(bought.plan(), bought.terms().planVersion())
                .map(plan -> Invoice.forPurchase(new InvoiceId(ids.next()), bought, plan, at))
                .ifPresent(invoice -> store.issue(List.of(new StoreInvoices.New(invoice, by, at))));
    }
}
