package dev.wonflow.subscription.invoice;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.subscription.incident.Incident;
import dev.wonflow.subscription.incident.Incidents;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.subscription.BillingSchedule;
import dev.wonflow.subscription.subscription.CollectionMode;
import dev.wonflow.subscription.subscription.MoneyWentBack;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.Purchases;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.subscription.subscription.TakeBack;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes back what money had paid for that went back: a credit note for every part of it, and the time it paid for once
 * nothing of it is left. What was paid for after that time begins so much earlier; what is over stays as it was. The
 * order in which payments and refunds come makes no difference to what is left.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class TakeBackPayments implements TakeBack {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final Invoices invoices;
    private final CreditNotes creditNotes;
    private final List<CreditNoteEvents> listeners;
    private final Subscriptions subscriptions;
    private final StoreSubscriptions store;
    private final Purchases purchases;
    private final PlanVersions plans;
    private final WaitingRefunds waiting;
    private final Incidents incidents;
    private final IdSource ids;
    private final Clock clock;
    private final TenantClocks clocks;

    TakeBackPayments(
            Invoices invoices,
            CreditNotes creditNotes,
            List<CreditNoteEvents> listeners,
            Subscriptions subscriptions,
            StoreSubscriptions store,
            Purchases purchases,
            PlanVersions plans,
            WaitingRefunds waiting,
            Incidents incidents,
            IdSource ids,
            Clock clock,
            TenantClocks clocks) {
        this.invoices = invoices;
        this.creditNotes = creditNotes;
        this.listeners = List.copyOf(listeners);
        this.subscriptions = subscriptions;
        this.store = store;
        this.purchases = purchases;
        this.plans = plans;
        this.waiting = waiting;
        this.incidents = incidents;
        this.ids = ids;
        this.clock = clock;
        this.clocks = clocks;
    }

    @Override
    public void wentBack(MoneyWentBack money) {
        purchases.lockTenant(money.tenantId());
        if (takeBack(money)) {
            return;
        }
        if (WaitingRefunds.mayBeOfACharge(money)) {
            // Another consumer takes the charges in, and may be behind this one.
            waiting.add(money, clock.instant());
        } else if (money.whole() && purchases.contains(money.paymentId())) {
            report(money, "no invoice tells what it paid for (expected: a decision about the plan)");
        }
    }

    /**
     * Takes it back if it is known what it paid for.
     *
     * @return whether it is
     */
    boolean takeBack(MoneyWentBack money) {
        Optional<Invoice> paid = invoices.ofPayment(money.paymentId());
        if (paid.isEmpty()) {
            return false;
        }
        Subscription subscription =
                subscriptions.hold(List.of(paid.get().subscriptionId())).getFirst();
        // Whoever changes an invoice holds its subscription.
        Invoice invoice = invoices.ofPayment(money.paymentId()).orElseThrow();
        Money back = money.whole() || invoice.total().isLessThan(money.refunded()) ? invoice.total() : money.refunded();
        if (!invoice.refunded().isLessThan(back)) {
            return true;
        }
        Invoice credited = credit(invoice, back, money);
        if (back.equals(invoice.total())) {
            if (isWithinPeriod(invoice, subscription)) {
                takeChangeBack(subscription, credited, money);
            } else {
                takeTimeBack(subscription, credited, money);
            }
        } else if (invoice.period().number() == subscription.period().number()) {
            Money part = credited.refunded().minus(invoice.refunded());
            store.store(subscription.worthLess(InvoiceBuilder.ofWhole(part, invoice.period(), subscription.period())));
        }
        return true;
    }

    private Invoice credit(Invoice invoice, Money back, MoneyWentBack money) {
        Money vatBefore = InvoiceBuilder.vat(taxed(invoice, invoice.refunded()));
        Money vatAfter = InvoiceBuilder.vat(taxed(invoice, back));
        Instant now = clocks.now(money.tenantId()).truncatedTo(ChronoUnit.MICROS);
        CreditNote note = new CreditNote(
                ids.next(),
                creditNotes.takeNumber(now.atZone(SEOUL).getYear()),
                invoice.id(),
                back.minus(invoice.refunded()),
                vatBefore.minus(vatAfter),
                money.how(),
                now);
        Invoice stored = invoices.save(List.of(invoice.refundedBy(back))).getFirst();
        creditNotes.add(note, stored);
        listeners.forEach(listener -> listener.issued(note, stored));
        return stored;
    }

    /** What is taxed of what is left when so much has gone back: what is free of tax goes back last. */
    private static Money taxed(Invoice invoice, Money back) {
        Money left = invoice.total().minus(back);
        Money taxFree = invoice.amounts().taxFree();
        return left.isLessThan(taxFree) ? Money.ZERO : left.minus(taxFree);
    }

    /** Whether it paid for a change within the running period; one that began a period paid for all of that. */
    private static boolean isWithinPeriod(Invoice invoice, Subscription subscription) {
        Period running = subscription.period();
        return invoice.kind() == InvoiceKind.CHANGE
                && invoice.period().number() == running.number()
                && running.start().isBefore(invoice.period().start());
    }

    /** Has the terms hold again that a change took the place of, for what is left of the period. */
    private void takeChangeBack(Subscription subscription, Invoice invoice, MoneyWentBack money) {
        Instant now = clocks.now(money.tenantId()).truncatedTo(ChronoUnit.MICROS);
        if (subscription.statusAt(now) != SubscriptionStatus.ACTIVE || !now.isBefore(subscription.planExpiresAt())) {
            return;
        }
        Optional<Invoice> before = subscription.terms().equals(invoice.terms())
                ? invoices.paidBefore(invoice).filter(paid -> !isWholeBack(paid))
                : Optional.empty();
        if (before.isEmpty()) {
            report(
                    money,
                    "the terms that its change took the place of are not known (expected: a decision about them)");
            return;
        }
        Invoice paid = before.get();
        Money gone = InvoiceBuilder.ofWhole(paid.refunded(), paid.period(), subscription.period());
        Money value = paid.period().value();
        store.store(subscription.changeTakenBack(
                paid.terms(), value.isLessThan(gone) ? Money.ZERO : value.minus(gone), now));
    }

    private void takeTimeBack(Subscription subscription, Invoice invoice, MoneyWentBack money) {
        Period gone = invoice.period();
        Instant now = clocks.now(money.tenantId());
        List<Invoice> later = followers(invoice);
        Instant end = later.isEmpty() ? gone.end() : later.getLast().period().end();
        // Of what another plan has taken the place of, nothing is left to take back.
        if (!end.equals(subscription.period().end()) || !now.isBefore(gone.end())) {
            return;
        }
        Optional<Plan> plan =
                plans.find(subscription.plan(), subscription.terms().planVersion());
        if (plan.isEmpty() && !later.isEmpty()) {
            report(money, "the plan of what was paid for after it is not known (expected: a decision about the plan)");
            return;
        }
        Instant from = now.isBefore(gone.start()) ? gone.start() : now;
        if (!later.isEmpty()) {
            BillingSchedule moved = new BillingSchedule(
                    from, subscription.zone(), plan.orElseThrow().interval());
            List<Invoice> changed = new ArrayList<>();
            for (int i = 0; i < later.size(); i++) {
                Period period = later.get(i).period();
                changed.add(later.get(i)
                        .withPeriod(new Period(period.number(), moved.start(i), moved.start(i + 1), period.value())));
            }
            invoices.save(changed);
            store.store(subscription.broughtForward(changed.getLast().period(), from, now));
        } else {
            Optional<Invoice> before = from.isAfter(now) ? Optional.empty() : replaced(subscription, invoice, now);
            store.store(
                    before.isPresent()
                            ? subscription.broughtBack(
                                    before.get().terms(), before.get().period(), now)
                            : subscription.takenBack(from, now));
        }
    }

    /** What was bought by hand before, is not over, and ended only because this was bought. */
    private Optional<Invoice> replaced(Subscription subscription, Invoice invoice, Instant now) {
        return invoices.paidAfter(invoice.subscriptionId(), Period.NONE_YET).stream()
                .filter(_ -> subscription.collection() == CollectionMode.PREPAID)
                .filter(earlier -> earlier.period().number() < invoice.period().number())
                .filter(earlier ->
                        !earlier.terms().plan().equals(invoice.terms().plan()))
                .filter(earlier -> earlier.refunded().isLessThan(earlier.total()))
                .filter(earlier -> earlier.period().end().isAfter(now))
                .reduce((_, last) -> last);
    }

    /** What was paid for without a gap after an invoice, as far as it was not given back. */
    private List<Invoice> followers(Invoice invoice) {
        List<Invoice> followers = new ArrayList<>();
        Instant end = invoice.period().end();
        for (Invoice later :
                invoices.paidAfter(invoice.subscriptionId(), invoice.period().number())) {
            if (isWholeBack(later)) {
                continue;
            }
            if (!later.period().start().equals(end)) {
                break;
            }
            followers.add(later);
            end = later.period().end();
        }
        return followers;
    }

    private static boolean isWholeBack(Invoice paid) {
        return paid.refunded().equals(paid.total()) && !paid.total().isZero();
    }

    private void report(MoneyWentBack money, String what) {
        incidents.report(new Incident(
                Incident.Kind.MONEY_WENT_BACK,
                money.paymentId(),
                money.orderId(),
                money.tenantId(),
                null,
                "payment: " + money.how() + ", and " + what,
                clock.instant()));
    }
}
