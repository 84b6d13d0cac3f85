package dev.wonflow.subscription.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wonflow.money.Money;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredPlansTest {

    private static final Plan BASIC = Plan.monthly("basic", "베이직", Money.ofWon(9_900));
    private static final Plan PRO = Plan.monthly("pro", "프로", Money.ofWon(29_000));

    @Test
    void plans_are_found_by_id_and_listed_in_their_order() {
        ConfiguredPlans plans = new ConfiguredPlans(List.of(PRO, BASIC));

        assertThat(plans.find("basic")).contains(BASIC);
        assertThat(plans.find("gold")).isEmpty();
        assertThat(plans.all()).containsExactly(PRO, BASIC);
    }

    @Test
    void catalogue_without_plans_or_with_a_plan_twice_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfiguredPlans(List.of()))
                .withMessageContaining("wonflow.plans: empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ConfiguredPlans(List.of(BASIC, PRO, Plan.monthly("basic", "Other", Money.ofWon(100)))))
                .withMessageContaining("two plans basic");
    }

    @Test
    void name_of_a_plan_is_counted_in_characters() {
        assertThat(Plan.monthly("basic", "😀".repeat(100), Money.ofWon(100)).name())
                .hasSize(200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.monthly("basic", "😀".repeat(101), Money.ofWon(100)));
    }

    @ParameterizedTest
    @CsvSource({"'', Name, 1000", "Basic, Name, 1000", "a b, Name, 1000", "basic, ' ', 1000", "basic, Name, 99"})
    void plan_that_cannot_be_sold_is_refused(String id, String name, long price) {
        assertThatIllegalArgumentException().isThrownBy(() -> Plan.monthly(id, name, Money.ofWon(price)));
    }
}
