package dev.wonflow.subscription.invoice;

import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.incident.Incident;
import dev.wonflow.subscription.incident.Incidents;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.subscription.BillingSchedule;
import dev.wonflow.subscription.subscription.PaidBy;
import dev.wonflow.subscription.subscription.Pending;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes in what came of charges, for many invoices with a handful of statements: what was paid for begins. Whatever
 * changes an invoice holds its subscription, so that each is changed by one at a time.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class SettleInvoices {

    private final Invoices invoices;
    private final Subscriptions subscriptions;
    private final PlanVersions plans;
    private final Reductions reductions;
    private final StoreInvoices storeInvoices;
    private final StoreSubscriptions storeSubscriptions;
    private final Incidents incidents;

    SettleInvoices(
            Invoices invoices,
            Subscriptions subscriptions,
            PlanVersions plans,
            Reductions reductions,
            StoreInvoices storeInvoices,
            StoreSubscriptions storeSubscriptions,
            Incidents incidents) {
        this.invoices = invoices;
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.reductions = reductions;
        this.storeInvoices = storeInvoices;
        this.storeSubscriptions = storeSubscriptions;
        this.incidents = incidents;
    }

    /** A charge that took money. */
    public record Paid(InvoiceId invoice, InvoicePayment by, Instant at) {}

    /** A charge that took none, for certain. */
    public record Failed(InvoiceId invoice, Instant at) {}

    /**
     * Takes in charges that took money. One that paid for what nobody wanted any more becomes an incident: the money
     * was taken, so it is never dropped.
     */
    public void paid(List<Paid> charges) {
        List<Paid> rest = charges;
        while (!rest.isEmpty()) {
            rest = settle(rest);
        }
    }

    /** Settles at most one invoice of each subscription; what is left comes next. */
    private List<Paid> settle(List<Paid> charges) {
        Held held = hold(charges.stream().map(Paid::invoice).toList());
        Set<SubscriptionId> seen = new HashSet<>();
        List<Paid> later = new ArrayList<>();
        List<StoreInvoices.Settled> settled = new ArrayList<>();
        List<Subscription.Change> changes = new ArrayList<>();
        List<SubscriptionId> counted = new ArrayList<>();
        for (Paid charge : charges) {
            Invoice invoice = held.invoice(charge.invoice());
            Subscription subscription = held.subscription(invoice);
            if (!seen.add(subscription.id())) {
                later.add(charge);
                continue;
            }
            if (invoice.payment() != null
                    && invoice.payment().paymentId().equals(charge.by().paymentId())) {
                continue;
            }
            Optional<Plan> plan =
                    plans.find(invoice.terms().plan(), invoice.terms().planVersion());
            if (plan.isEmpty() || !isWanted(invoice, subscription)) {
                report(charge, invoice, invoice.status() + " when it was paid");
                continue;
            }
            Period period = invoice.kind() == InvoiceKind.PERIOD
                    ? paidPeriod(invoice, subscription, plan.get(), charge.at())
                    : invoice.period();
            settled.add(new StoreInvoices.Settled(invoice, period, charge.by(), charge.at()));
            changes.add(begun(invoice, subscription, plan.get(), period, charge));
            if (!invoice.amounts().discount().isZero()) {
                counted.add(subscription.id());
            }
        }
        storeInvoices.pay(settled);
        storeSubscriptions.store(changes);
        if (!counted.isEmpty()) {
            reductions.count(counted, charges.getLast().at());
        }
        return later;
    }

    private static boolean isWanted(Invoice invoice, Subscription subscription) {
        if (!invoice.status().next().contains(InvoiceStatus.PAID)) {
            return false;
        }
        if (invoice.kind() == InvoiceKind.PERIOD) {
            boolean next = invoice.period().number() > subscription.period().number();
            // What was given up may still be paid, unless the subscription has begun again without it.
            return next
                    && (invoice.status() == InvoiceStatus.OPEN
                            || subscription.status() == SubscriptionStatus.CANCELED
                            || subscription.status() == SubscriptionStatus.SUSPENDED);
        }
        Pending pending = subscription.pending();
        return pending != null
                && pending.changeId() != null
                && pending.changeId().equals(invoice.changeId());
    }

    /**
     * The period that was paid for. Nobody pays for time that went by before: one whose beginning waited for the
     * payment, or that is over already, begins with it.
     */
    private static Period paidPeriod(Invoice invoice, Subscription subscription, Plan plan, Instant at) {
        Period period = invoice.period();
        boolean waited = subscription.status() == SubscriptionStatus.INCOMPLETE;
        if (!waited && at.isBefore(period.end())) {
            return period;
        }
        Instant end = new BillingSchedule(at, subscription.zone(), plan.interval()).after(at);
        return new Period(period.number(), at, end, period.value());
    }

    private static Subscription.Change begun(
            Invoice invoice, Subscription subscription, Plan plan, Period period, Paid charge) {
        InvoicePayment by = charge.by();
        if (invoice.kind() == InvoiceKind.PERIOD) {
            return subscription.renewed(
                    period,
                    invoice.terms(),
                    plan,
                    new PaidBy(by.livemode(), by.orderId(), by.paymentId()),
                    charge.at());
        }
        return period.number() == subscription.period().number()
                ? subscription.changed(invoice.terms(), period.value(), charge.at())
                : subscription.changedWithPeriod(invoice.terms(), period, charge.at());
    }

    /** Takes in money of charges that had failed for certain. Nobody expects it, so each is an incident. */
    public void paidAfterAll(List<Paid> charges) {
        Map<InvoiceId, Invoice> found = invoices
                .find(charges.stream().map(Paid::invoice).toList())
                .stream()
                .collect(Collectors.toMap(Invoice::id, Function.identity()));
        charges.forEach(charge -> report(
                charge,
                Objects.requireNonNull(found.get(charge.invoice())),
                "paid by a charge that had failed before"));
    }

    private void report(Paid charge, Invoice invoice, String how) {
        incidents.report(new Incident(
                Incident.Kind.PAID_FOR_NOTHING,
                charge.by().paymentId(),
                charge.by().orderId(),
                invoice.tenantId(),
                invoice.terms().plan(),
                "invoice " + invoice.id() + ": " + how + " (expected: a refund of the payment)",
                charge.at()));
    }

    /**
     * Takes in charges that took nothing. A first payment and a change are off; a period that was to go on waits.
     *
     * @return invoices that are still to be paid
     */
    public List<Invoice> failed(List<Failed> charges) {
        Held held = hold(charges.stream().map(Failed::invoice).toList());
        List<Invoice> waiting = new ArrayList<>();
        for (Failed charge : charges) {
            Invoice invoice = held.invoice(charge.invoice());
            Subscription subscription = held.subscription(invoice);
            if (invoice.status() != InvoiceStatus.OPEN) {
                continue;
            }
            if (invoice.kind() == InvoiceKind.CHANGE) {
                storeInvoices.voidAll(List.of(invoice), charge.at());
                storeSubscriptions.store(subscription.changeFailed(charge.at()));
            } else if (subscription.status() == SubscriptionStatus.INCOMPLETE) {
                storeInvoices.voidAll(List.of(invoice), charge.at());
                storeSubscriptions.store(subscription.firstPaymentFailed(charge.at()));
            } else {
                waiting.add(invoice);
            }
        }
        return waiting;
    }

    private Held hold(List<InvoiceId> ids) {
        List<Invoice> found = invoices.find(ids);
        List<Subscription> held = subscriptions.hold(
                found.stream().map(Invoice::subscriptionId).distinct().toList());
        return new Held(
                found.stream().collect(Collectors.toMap(Invoice::id, Function.identity())),
                held.stream().collect(Collectors.toMap(Subscription::id, Function.identity())));
    }

    /** Invoices, and the subscriptions they are of, which nobody else changes meanwhile. */
    private record Held(Map<InvoiceId, Invoice> invoices, Map<SubscriptionId, Subscription> subscriptions) {

        Invoice invoice(InvoiceId id) {
            Invoice invoice = invoices.get(id);
            if (invoice == null) {
                throw new IllegalArgumentException("invoice " + id + ": unknown (expected: one of ours)");
            }
            return invoice;
        }

        Subscription subscription(Invoice invoice) {
            return Objects.requireNonNull(subscriptions.get(invoice.subscriptionId()));
        }
    }
}
