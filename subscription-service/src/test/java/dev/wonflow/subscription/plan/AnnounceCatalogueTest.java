package dev.wonflow.subscription.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.testsupport.MutableClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

class AnnounceCatalogueTest {

    private static final Plan BASIC = Plan.monthly("basic", "Basic", Money.ofWon(9_900));
    private static final Plan PRO = Plan.monthly("pro", "Pro", Money.ofWon(29_000));
    private static final Plan DEARER_PRO = Plan.monthly("pro", "Pro", Money.ofWon(31_000));

    private final InMemoryPlanVersions versions = new InMemoryPlanVersions();

    @Test
    void first_start_tells_every_plan() {
        assertThat(startWith(BASIC, PRO)).containsExactlyInAnyOrder("basic 1: 9900 KRW", "pro 1: 29000 KRW");
    }

    @Test
    void start_without_a_change_tells_the_same_again_under_the_same_versions() {
        startWith(BASIC, PRO);

        assertThat(startWith(BASIC, PRO)).containsExactlyInAnyOrder("basic 1: 9900 KRW", "pro 1: 29000 KRW");
    }

    @Test
    void changed_price_is_a_new_version_and_the_old_one_is_remembered() {
        startWith(BASIC, PRO);

        assertThat(startWith(BASIC, DEARER_PRO)).containsExactlyInAnyOrder("basic 1: 9900 KRW", "pro 2: 31000 KRW");
        assertThat(versions.find("pro", 1)).hasValue(PRO);
        assertThat(versions.find("pro", 2)).hasValue(DEARER_PRO);
    }

    @Test
    void removed_plan_is_withdrawn_once_and_can_come_back() {
        startWith(BASIC, PRO);

        assertThat(startWith(BASIC)).containsExactlyInAnyOrder("basic 1: 9900 KRW", "pro 2: withdrawn");
        assertThat(startWith(BASIC)).containsExactlyInAnyOrder("basic 1: 9900 KRW", "pro 2: withdrawn");
        assertThat(startWith(BASIC, PRO)).containsExactlyInAnyOrder("basic 1: 9900 KRW", "pro 3: 29000 KRW");
        assertThat(versions.find("pro", 2)).isEmpty();
    }

    @Test
    void plan_an_operator_changed_is_not_for_the_settings_any_more() {
        startWith(BASIC, PRO);
        versions.add(new PlanVersion("pro", 2, DEARER_PRO, PlanSource.API, MutableClock.START));

        assertThat(startWith(BASIC, PRO)).containsExactlyInAnyOrder("basic 1: 9900 KRW", "pro 2: 31000 KRW");
        assertThat(startWith(BASIC)).containsExactlyInAnyOrder("basic 1: 9900 KRW", "pro 2: 31000 KRW");
    }

    private List<String> startWith(Plan... plans) {
        List<String> told = new ArrayList<>();
        new AnnounceCatalogue(
                        new ConfiguredPlans(List.of(plans)),
                        versions,
                        version -> told.add(version.planId() + " " + version.version() + ": "
                                + (version.offer() == null
                                        ? "withdrawn"
                                        : version.offer().price())),
                        new MutableClock(),
                        TransactionOperations.withoutTransaction())
                .run();
        return told;
    }
}
