package dev.wonflow.subscription.testclock;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantForecast.Expected;
import dev.wonflow.subscription.invoice.InvoiceBuilder;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.subscription.Due;
import dev.wonflow.subscription.subscription.Parking;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What will become of a subscription if nobody does anything and every charge is paid: the same steps and invoices as
 * for real, in the mind only. What depends on others, such as a discount that ends or credit, is not foretold.
 */
final class Forecast {

    /** More than anybody reads, however short periods are. */
    private static final int MOST = 1_000;

    private final PlanVersions plans;

    Forecast(PlanVersions plans) {
        this.plans = plans;
    }

    /** What happens up to a moment, the first first; at most {@value #MOST}. */
    List<Expected> of(Subscription subscription, Instant until) {
        List<Expected> expected = new ArrayList<>();
        Subscription now = subscription;
        Instant due = now.dueAt();
        while (due != null && !due.isAfter(until) && expected.size() < MOST) {
            Subscription after = step(now, due, expected);
            if (after.equals(now)) {
                break;
            }
            now = after;
            due = now.dueAt();
        }
        return expected;
    }

    private Subscription step(Subscription before, Instant at, List<Expected> expected) {
        return switch (before.due(at, plans)) {
            case Due.Nothing() -> before;
            case Due.Move(Subscription.Change change) -> {
                Subscription after = change.subscription();
                Parking parking = after.parking();
                if (parking != null) {
                    expected.add(said(before, at, "parked: " + parking.reason()));
                } else if (after.status() != before.status()) {
                    expected.add(said(before, at, words(after)));
                }
                yield after;
            }
            case Due.Bill(Subscription.Change change, Due.Next next) -> {
                Plan plan = next.plan();
                InvoiceBuilder.Draft draft =
                        InvoiceBuilder.period(plan, next.terms().quantity(), null, Money.ZERO);
                expected.add(
                        said(before, at, billed(before, next, draft.amounts().total())));
                Period paid = new Period(next.number(), next.start(), next.end(), draft.periodValue());
                yield change.subscription()
                        .renewed(paid, next.terms(), plan, null, at)
                        .subscription();
            }
        };
    }

    private static Expected said(Subscription subscription, Instant at, String what) {
        return new Expected(at, subscription.product() + ": " + what);
    }

    private static String billed(Subscription before, Due.Next next, Money total) {
        String of = switch (before.status()) {
            case TRIALING -> "first charge after the trial";
            case PAUSED -> "charge that ends the pause";
            default -> before.terms().equals(next.terms()) ? "renewal" : "renewal with other terms";
        };
        return of + ": " + next.plan().id() + " × " + next.terms().quantity() + ", "
                + String.format(Locale.ROOT, "%,d won", total.won());
    }

    private static String words(Subscription after) {
        return switch (after.status()) {
            case CANCELED -> "cancelled, as was asked for";
            case EXPIRED -> "expired: nothing charges on";
            case PAUSED -> "paused, as was asked for";
            case INCOMPLETE, TRIALING, ACTIVE, PAST_DUE, RESTRICTED, SUSPENDED ->
                after.status().name().toLowerCase(Locale.ROOT);
        };
    }
}
