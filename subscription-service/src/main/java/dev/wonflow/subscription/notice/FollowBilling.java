package dev.wonflow.subscription.notice;

import dev.wonflow.subscription.invoice.CreditNote;
import dev.wonflow.subscription.invoice.CreditNoteEvents;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceEvent;
import dev.wonflow.subscription.invoice.InvoiceEvents;
import dev.wonflow.subscription.invoice.InvoiceFact;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.subscription.BillingSchedule;
import dev.wonflow.subscription.subscription.ChangeReason;
import dev.wonflow.subscription.subscription.Pending;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionEvent;
import dev.wonflow.subscription.subscription.SubscriptionEvents;
import dev.wonflow.subscription.subscription.SubscriptionFact;
import dev.wonflow.subscription.subscription.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Has tenants told what happens to their subscriptions and invoices: receipts, refunds, the end, and other prices. What
 * is outstanding, dunning tells.
 */
@Service
class FollowBilling {

    private final RequestNotice requestNotice;
    private final PlanVersions plans;

    FollowBilling(RequestNotice requestNotice, PlanVersions plans) {
        this.requestNotice = requestNotice;
        this.plans = plans;
    }

    void invoices(List<InvoiceFact> facts) {
        requestNotice.onceEach(facts.stream().flatMap(this::receipt).toList());
    }

    /** None for what cost nothing. */
    private Stream<Notice> receipt(InvoiceFact fact) {
        Invoice invoice = fact.invoice();
        if (!(fact.event() instanceof InvoiceEvent.Paid(Instant at)) || invoice.payment() == null) {
            return Stream.empty();
        }
        return Stream.of(new Notice(
                invoice.id().toString(),
                invoice.tenantId(),
                new NoticeData.Paid(
                        nameOf(invoice),
                        Objects.requireNonNull(invoice.receipt()).toString(),
                        invoice.total(),
                        invoice.amounts().vat(),
                        at,
                        invoice.period().end())));
    }

    void refunded(CreditNote note, Invoice invoice) {
        requestNotice.once(
                note.id().toString(),
                invoice.tenantId(),
                new NoticeData.Refunded(
                        nameOf(invoice), note.amount(), note.at(), note.number().toString()));
    }

    private String nameOf(Invoice invoice) {
        return nameOf(invoice.terms());
    }

    /** What people read; the id where the plan is not known. */
    private String nameOf(Terms terms) {
        return plans.find(terms.plan(), terms.planVersion()).map(Plan::name).orElse(terms.plan());
    }

    void subscriptions(List<SubscriptionFact> facts) {
        requestNotice.onceEach(facts.stream().flatMap(this::changed).toList());
    }

    private Stream<Notice> changed(SubscriptionFact fact) {
        Subscription subscription = fact.subscription();
        if (!(fact.event() instanceof SubscriptionEvent.Changed(ChangeReason reason, Instant _))) {
            return Stream.empty();
        }
        if (reason == ChangeReason.CANCEL_SCHEDULED) {
            return canceled(subscription, Objects.requireNonNull(subscription.cancelAt()));
        }
        if (reason == ChangeReason.CANCELED) {
            // Of one that was told already when it was scheduled, the subject is the same.
            return canceled(subscription, subscription.planExpiresAt());
        }
        return reason == ChangeReason.CHANGE_SCHEDULED ? priceChange(subscription).stream() : Stream.empty();
    }

    private Stream<Notice> canceled(Subscription subscription, Instant endsAt) {
        return Stream.of(new Notice(
                subscription.id() + "/" + endsAt,
                subscription.tenantId(),
                new NoticeData.Canceled(nameOf(subscription.terms()), endsAt)));
    }

    /** Of a change that somebody else than the tenant asked for, and which therefore has a notice period. */
    private Optional<Notice> priceChange(Subscription subscription) {
        Pending pending = subscription.pending();
        if (pending == null || pending.from() == null) {
            return Optional.empty();
        }
        Optional<Plan> old =
                plans.find(subscription.plan(), subscription.terms().planVersion());
        Optional<Plan> changed =
                plans.find(pending.terms().plan(), pending.terms().planVersion());
        if (old.isEmpty() || changed.isEmpty()) {
            return Optional.empty();
        }
        BillingSchedule schedule = new BillingSchedule(
                subscription.anchor(), subscription.zone(), old.get().interval());
        Instant effectiveAt = subscription.planExpiresAt();
        while (effectiveAt.isBefore(pending.from())) {
            effectiveAt = schedule.after(effectiveAt);
        }
        return Optional.of(new Notice(
                subscription.id() + "/" + pending.terms().plan() + "/"
                        + pending.terms().planVersion(),
                subscription.tenantId(),
                new NoticeData.PriceChange(
                        changed.get().name(),
                        old.get().priceOf(subscription.terms().quantity()),
                        changed.get().priceOf(pending.terms().quantity()),
                        effectiveAt)));
    }

    /** Hears of invoices; of its own, as a listener of subscriptions has the same method. */
    @Service
    static class OfInvoices implements InvoiceEvents, CreditNoteEvents {

        private final FollowBilling followBilling;

        OfInvoices(FollowBilling followBilling) {
            this.followBilling = followBilling;
        }

        @Override
        public void publish(List<InvoiceFact> facts) {
            followBilling.invoices(facts);
        }

        @Override
        public void issued(CreditNote note, Invoice invoice) {
            followBilling.refunded(note, invoice);
        }
    }

    /** Hears of subscriptions. */
    @Service
    static class OfSubscriptions implements SubscriptionEvents {

        private final FollowBilling followBilling;

        OfSubscriptions(FollowBilling followBilling) {
            this.followBilling = followBilling;
        }

        @Override
        public void publish(List<SubscriptionFact> facts) {
            followBilling.subscriptions(facts);
        }
    }
}
