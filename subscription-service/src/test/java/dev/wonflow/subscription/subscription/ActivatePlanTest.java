package dev.wonflow.subscription.subscription;

import static dev.wonflow.subscription.subscription.PurchaseFixture.NOON;
import static dev.wonflow.subscription.subscription.PurchaseFixture.aPurchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.incident.Incident;
import dev.wonflow.subscription.plan.InMemoryPlanVersions;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanSource;
import dev.wonflow.subscription.plan.PlanVersion;
import dev.wonflow.subscription.plan.Plans;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActivatePlanTest {

    private final InMemoryPlanVersions versions = PurchaseFixture.versions();
    private final InMemorySubscriptions subscriptions = new InMemorySubscriptions();
    private static final TenantId TENANT = new TenantId("tenant-1");

    private final InMemoryPurchases purchases = new InMemoryPurchases();
    private final List<Subscription> announced = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private final Map<TenantId, Duration> ahead = new HashMap<>();

    private final ActivatePlan activatePlan = new ActivatePlan(
            new Plans(versions),
            versions,
            subscriptions,
            purchases,
            new StoreSubscriptions(
                    subscriptions, List.of(facts -> facts.forEach(fact -> announced.add(fact.subscription())))),
            incidents::add,
            new SequentialIds(),
            new MutableClock(),
            new TenantClocks() {

                @Override
                public Clock of(TenantId tenant) {
                    return Clock.offset(new MutableClock(), ahead.getOrDefault(tenant, Duration.ZERO));
                }

                @Override
                public Map<TenantId, Duration> moved() {
                    return Map.copyOf(ahead);
                }
            });

    @Test
    void months_of_a_tenant_that_is_ahead_of_all_others_count_from_its_own_time() {
        ahead.put(TENANT, Duration.ofDays(200));

        activatePlan.paid(aPurchase("p1", "basic", NOON));
        activatePlan.paid(new Purchase(
                "p2", "ord_p2", new TenantId("tenant-2"), "basic", null, PurchaseFixture.BASIC_PRICE, false, NOON));

        assertThat(announced)
                .extracting(Subscription::activatedAt)
                .containsExactly(NOON.plus(Duration.ofDays(200)), NOON);
    }

    @Test
    void paid_plan_is_active_and_announced_as_stored() {
        activatePlan.paid(aPurchase("p1", "basic", NOON));

        assertThat(subscriptions.find(TENANT, Plan.DEFAULT_PRODUCT)).hasValueSatisfying(stored -> {
            assertThat(stored.plan()).isEqualTo("basic");
            assertThat(stored.version()).isEqualTo(1);
            assertThat(announced).containsExactly(stored);
        });
        assertThat(incidents).isEmpty();
    }

    @Test
    void same_payment_told_again_has_no_second_effect() {
        activatePlan.paid(aPurchase("p1", "basic", NOON));
        activatePlan.paid(aPurchase("p1", "basic", NOON));

        assertThat(announced).hasSize(1);
        assertThat(incidents).isEmpty();
    }

    @Test
    void too_little_money_activates_nothing_and_calls_a_person() {
        Purchase purchase = aPurchase("p1", "basic", NOON);
        activatePlan.paid(new Purchase(
                "p1",
                "ord_p1",
                TENANT,
                "basic",
                null,
                PurchaseFixture.BASIC_PRICE.minus(Money.ofWon(1)),
                false,
                purchase.approvedAt()));

        assertNothingActivatedBut(Incident.Kind.UNDERPAID, "9899 KRW (expected: 9900 KRW or more)");
    }

    @Test
    void price_of_the_version_the_payment_was_requested_at_is_enough_whatever_the_plan_costs_now() {
        versions.add(new PlanVersion(
                "basic", 2, Plan.monthly("basic", "Basic", Money.ofWon(15_000)), PlanSource.CONFIGURATION, NOON));
        versions.add(new PlanVersion(
                "old", 1, Plan.monthly("old", "Old", Money.ofWon(3_000)), PlanSource.CONFIGURATION, NOON));
        versions.add(new PlanVersion("old", 2, null, PlanSource.CONFIGURATION, NOON));

        activatePlan.paid(new Purchase("p1", "ord_p1", TENANT, "basic", 1L, PurchaseFixture.BASIC_PRICE, false, NOON));
        activatePlan.paid(
                new Purchase("p2", "ord_p2", new TenantId("tenant-2"), "old", 1L, Money.ofWon(3_000), false, NOON));

        assertThat(announced).extracting(Subscription::plan).containsExactly("basic", "old");
        assertThat(incidents).isEmpty();
    }

    @Test
    void too_little_money_for_its_version_calls_a_person_and_so_does_a_version_nobody_knows() {
        activatePlan.paid(new Purchase("p1", "ord_p1", TENANT, "basic", 1L, Money.ofWon(9_899), false, NOON));
        activatePlan.paid(new Purchase("p2", "ord_p2", TENANT, "basic", 9L, Money.ofWon(5_000), false, NOON));

        assertThat(announced).isEmpty();
        assertThat(incidents)
                .extracting(Incident::kind)
                .containsExactly(Incident.Kind.UNDERPAID, Incident.Kind.UNDERPAID);
    }

    @Test
    void more_money_than_the_price_is_enough() {
        activatePlan.paid(new Purchase("p1", "ord_p1", TENANT, "basic", null, PurchaseFixture.PRO_PRICE, false, NOON));

        assertThat(announced).hasSize(1);
    }

    @Test
    void unknown_plan_activates_nothing_and_calls_a_person() {
        activatePlan.paid(aPurchase("p1", "gold", NOON));

        assertNothingActivatedBut(Incident.Kind.UNKNOWN_PLAN, "gold (expected: one of [basic, pro])");
    }

    @Test
    void older_purchase_of_another_plan_calls_a_person() {
        activatePlan.paid(aPurchase("p2", "pro", NOON));
        activatePlan.paid(aPurchase("p1", "basic", NOON.minusSeconds(1)));

        assertThat(announced).hasSize(1);
        assertThat(incidents)
                .extracting(Incident::kind, Incident::paymentId)
                .containsExactly(tuple(Incident.Kind.OVERTAKEN, "p1"));
    }

    private void assertNothingActivatedBut(Incident.Kind kind, String detail) {
        assertThat(announced).isEmpty();
        assertThat(subscriptions.find(TENANT, Plan.DEFAULT_PRODUCT)).isEmpty();
        assertThat(incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(kind);
            assertThat(incident.detail()).contains(detail);
        });
    }

    private static final class InMemoryPurchases implements Purchases {

        private final Set<String> payments = new HashSet<>();

        @Override
        public void lockTenant(TenantId tenantId) {}

        @Override
        public boolean contains(String paymentId) {
            return payments.contains(paymentId);
        }

        @Override
        public void add(Purchase purchase, SubscriptionId subscription) {
            payments.add(purchase.paymentId());
        }
    }
}
