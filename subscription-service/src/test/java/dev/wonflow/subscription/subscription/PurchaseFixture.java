package dev.wonflow.subscription.subscription;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.Plans;
import java.time.Instant;
import java.util.List;

/** Plans and purchases tests buy with. */
final class PurchaseFixture {

    static final Money BASIC_PRICE = Money.ofWon(9_900);
    static final Money PRO_PRICE = Money.ofWon(29_000);
    static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

    private PurchaseFixture() {}

    static Plans plans() {
        return new Plans(List.of(Plan.monthly("basic", "Basic", BASIC_PRICE), Plan.monthly("pro", "Pro", PRO_PRICE)));
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
