package dev.wonflow.subscription.invoice;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.subscription.Due;
import dev.wonflow.subscription.subscription.ParkingReason;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Does for many subscriptions what is due: issues invoices of periods that come, ends what was to end, lets rest what
 * was to rest. However many they are, it is a handful of statements.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class BillWhatIsDue {

    private final PlanVersions plans;
    private final Invoices invoices;
    private final Reductions reductions;
    private final StoreSubscriptions storeSubscriptions;
    private final StoreInvoices storeInvoices;
    private final IdSource ids;

    BillWhatIsDue(
            PlanVersions plans,
            Invoices invoices,
            Reductions reductions,
            StoreSubscriptions storeSubscriptions,
            StoreInvoices storeInvoices,
            IdSource ids) {
        this.plans = plans;
        this.invoices = invoices;
        this.reductions = reductions;
        this.storeSubscriptions = storeSubscriptions;
        this.storeInvoices = storeInvoices;
        this.ids = ids;
    }

    /**
     * What came of a batch.
     *
     * @param issued invoices that wait for their payment
     * @param settled periods that cost nothing, and have begun
     * @param moved subscriptions that ended, rest, or were put right
     * @param parked subscriptions that somebody has to look at
     */
    public record Result(List<Invoice> issued, int settled, int moved, int parked) {}

    /**
     * Does it.
     *
     * @param claimed subscriptions that the caller holds
     * @param now the moment it is for a tenant
     */
    public Result bill(List<Subscription> claimed, Function<TenantId, Instant> now) {
        List<Subscription.Change> changes = new ArrayList<>();
        List<Billed> bills = new ArrayList<>();
        for (Subscription subscription : claimed) {
            Instant moment = now.apply(subscription.tenantId());
            switch (subscription.due(moment, plans)) {
                case Due.Bill(Subscription.Change change, Due.Next next) ->
                    bills.add(new Billed(subscription, change, next, moment));
                case Due.Move(Subscription.Change change) -> changes.add(change);
                case Due.Nothing() -> {}
            }
        }
        int moved = (int) changes.stream()
                .filter(change -> change.subscription().parking() == null)
                .count();
        int settled = 0;
        List<StoreInvoices.New> drafts = new ArrayList<>();
        List<SubscriptionId> counted = new ArrayList<>();
        if (!bills.isEmpty()) {
            List<Subscription> billed = bills.stream().map(Billed::before).toList();
            Set<SubscriptionId> owing =
                    invoices.withOpen(billed.stream().map(Subscription::id).toList());
            Map<SubscriptionId, Reduction> reduced = reductions.of(billed);
            for (Billed bill : bills) {
                SubscriptionId id = bill.before().id();
                if (owing.contains(id)) {
                    changes.add(bill.before().parked(ParkingReason.EARLIER_INVOICE_OPEN, bill.now()));
                    continue;
                }
                Invoice invoice = bill.invoice(new InvoiceId(ids.next()), reduced.getOrDefault(id, Reduction.NONE));
                drafts.add(new StoreInvoices.New(invoice, null, bill.now()));
                if (invoice.total().isZero()) {
                    settled++;
                    changes.add(bill.begun(invoice));
                    if (!invoice.amounts().discount().isZero()) {
                        counted.add(id);
                    }
                } else {
                    changes.add(bill.change());
                }
            }
        }
        storeSubscriptions.store(changes);
        List<Invoice> issued = storeInvoices.issue(drafts).stream()
                .filter(invoice -> invoice.status() == InvoiceStatus.OPEN)
                .toList();
        if (!counted.isEmpty()) {
            reductions.count(counted, bills.getLast().now());
        }
        int parked = changes.size() - moved - settled - issued.size();
        return new Result(issued, settled, moved, parked);
    }

    /** A subscription whose next period is to be paid. */
    private record Billed(Subscription before, Subscription.Change change, Due.Next next, Instant now) {

        Invoice invoice(InvoiceId id, Reduction reduction) {
            return Invoice.forPeriod(id, before, next, reduction, now);
        }

        /** There is nothing to pay, so it begins. */
        Subscription.Change begun(Invoice invoice) {
            return change.subscription().renewed(invoice.period(), next.terms(), next.plan(), null, now);
        }
    }
}
