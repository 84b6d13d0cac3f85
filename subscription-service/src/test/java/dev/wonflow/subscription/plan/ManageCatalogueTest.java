package dev.wonflow.subscription.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.access.Operator;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.money.Money;
import dev.wonflow.testsupport.MutableClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

class ManageCatalogueTest {

    private static final Operator OPERATOR = new Operator("operator", null);
    private static final Plan PRO = Plan.monthly("pro", "Pro", Money.ofWon(29_000));
    private static final Plan DEARER_PRO = Plan.monthly("pro", "Pro", Money.ofWon(31_000));

    private final InMemoryPlanVersions versions = new InMemoryPlanVersions();
    private final List<String> told = new ArrayList<>();
    private final List<AuditEntry> audited = new ArrayList<>();
    private final ManageCatalogue catalogue = new ManageCatalogue(
            versions,
            version -> told.add(version.planId() + " " + version.version()),
            audited::add,
            new MutableClock(),
            TransactionOperations.withoutTransaction());
    private final Plans plans = new Plans(versions);

    @Test
    void what_is_said_of_a_plan_is_a_version_that_is_told_and_audited_once() {
        catalogue.offer(PRO, OPERATOR);
        catalogue.offer(PRO, OPERATOR);
        catalogue.offer(DEARER_PRO, OPERATOR);

        assertThat(told).containsExactly("pro 1", "pro 2");
        assertThat(audited).extracting(AuditEntry::action).containsExactly("plan.offer", "plan.offer");
        assertThat(plans.find("pro")).hasValue(new Plans.Offer(DEARER_PRO, 2));
        assertThat(versions.find("pro", 1)).hasValue(PRO);
    }

    @Test
    void plan_of_the_settings_becomes_the_operators_by_being_said() {
        versions.add(PlanVersion.first(PRO, PlanSource.CONFIGURATION, MutableClock.START));

        catalogue.offer(PRO, OPERATOR);

        assertThat(versions.newest("pro"))
                .hasValueSatisfying(newest -> assertThat(newest.source()).isEqualTo(PlanSource.API));
    }

    @Test
    void withdrawn_plan_is_not_on_sale_and_can_come_back() {
        catalogue.offer(PRO, OPERATOR);
        catalogue.withdraw("pro", OPERATOR);
        catalogue.withdraw("pro", OPERATOR);

        assertThat(plans.find("pro")).isEmpty();
        assertThat(plans.all()).isEmpty();
        catalogue.offer(PRO, OPERATOR);
        assertThat(plans.ids()).containsExactly("pro");
        assertThat(told).containsExactly("pro 1", "pro 2", "pro 3");
        assertThat(catalogue.withdraw("gold", OPERATOR)).isEmpty();
    }

    @Test
    void plan_stays_one_of_its_product() {
        catalogue.offer(PRO, OPERATOR);
        Plan other = new Plan(
                "pro",
                "Pro",
                Money.ofWon(29_000),
                "storage",
                BillingInterval.MONTHLY,
                Trial.NONE,
                Seats.ONE,
                PlanLimits.NONE,
                30);

        assertThatThrownBy(() -> catalogue.offer(other, OPERATOR))
                .isInstanceOf(ManageCatalogue.ProductDiffers.class)
                .hasMessage("plan pro: of another product (expected: default)");
    }

    @Test
    void plans_are_listed_product_by_product_and_the_cheapest_first() {
        catalogue.offer(PRO, OPERATOR);
        catalogue.offer(Plan.monthly("basic", "Basic", Money.ofWon(9_900)), OPERATOR);

        assertThat(plans.all()).extracting(offer -> offer.plan().id()).containsExactly("basic", "pro");
    }
}
