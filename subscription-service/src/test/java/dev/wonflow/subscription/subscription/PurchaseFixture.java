package dev.wonflow.subscription.subscription;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.plan.InMemoryPlanVersions;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanSource;
import dev.wonflow.subscription.plan.PlanVersion;
import java.time.Instant;

/** Plans and purchases tests buy with. */
final class PurchaseFixture {

    static final Money BASIC_PRICE = Money.ofWon(9_900);
    static final Money PRO_PRICE = Money.ofWon(29_000);
    static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

    private PurchaseFixture() {}

    static Plan plan(String id) {
        return id.equals("pro") ? Plan.monthly("pro", "Pro", PRO_PRICE) : Plan.monthly("basic", "Basic", BASIC_PRICE);
    }

    /** Versions of a catalogue with both plans. */
    static InMemoryPlanVersions versions() {
        InMemoryPlanVersions versions = new InMemoryPlanVersions();
        versions.add(new PlanVersion("basic", 1, plan("basic"), PlanSource.CONFIGURATION, NOON));
        versions.add(new PlanVersion("pro", 1, plan("pro"), PlanSource.CONFIGURATION, NOON));
        return versions;
    }

    static Purchase aPurchase(String payment, String plan, Instant approvedAt) {
        return new Purchase(
                payment,
                "ord_" + payment,
                new TenantId("tenant-1"),
                plan,
                null,
                plan.equals("pro") ? PRO_PRICE : BASIC_PRICE,
                false,
                approvedAt);
    }
}
