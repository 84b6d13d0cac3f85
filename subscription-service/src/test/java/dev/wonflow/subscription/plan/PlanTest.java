package dev.wonflow.subscription.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wonflow.money.Money;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    @ParameterizedTest
    @CsvSource({"P1M, MONTH, 1", "P2W, WEEK, 2", "P10D, DAY, 10", "P1Y, YEAR, 1", "P1000D, DAY, 1000"})
    void interval_is_read_and_written_as_iso_8601(String text, IntervalUnit unit, int count) {
        assertThat(BillingInterval.parse(text)).isEqualTo(new BillingInterval(unit, count));
        assertThat(BillingInterval.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "P0M", "P1", "1M", "P1H", "P1M1D", "P01M", "P1001D", "PT1M", "p1m", "P-1M"})
    void what_is_no_number_of_one_unit_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BillingInterval.parse(text))
                .withMessageContaining("(expected: ");
    }

    @Test
    void seats_beyond_the_included_ones_cost_extra() {
        Plan plan = plan(new Seats(5, Money.ofWon(1_000), 10), "default");

        assertThat(plan.priceOf(1)).isEqualTo(Money.ofWon(9_900));
        assertThat(plan.priceOf(5)).isEqualTo(Money.ofWon(9_900));
        assertThat(plan.priceOf(7)).isEqualTo(Money.ofWon(11_900));
        assertThat(plan.seats().allow(10)).isTrue();
        assertThat(plan.seats().allow(11)).isFalse();
        assertThat(plan.seats().allow(0)).isFalse();
        assertThat(Seats.ONE.allow(1_000_000)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 9900, 0", "9900, 9900, 9900", "3300, 9900, 3300", "3300, 4950, 1650", "100, 50, 1", "100, 49, 0"})
    void same_part_of_whatever_is_paid_is_free_of_tax(long taxFree, long sum, long free) {
        assertThat(plan(taxFree).taxFreeOf(Money.ofWon(sum))).isEqualTo(Money.ofWon(free));
    }

    @Test
    void plans_are_taxed_alike_if_the_same_part_of_them_is_free_of_tax() {
        Plan third = plan(3_300);
        Plan dearer = new Plan(
                "pro",
                "Pro",
                Money.ofWon(19_800),
                third.product(),
                third.interval(),
                third.trial(),
                third.seats(),
                third.limits(),
                third.noticeDays(),
                Money.ofWon(6_600),
                UnusedTime.LOST);

        assertThat(third.isTaxedLike(dearer)).isTrue();
        assertThat(third.isTaxedLike(plan(0))).isFalse();
        assertThat(plan(0).isTaxedLike(Plan.monthly("basic", "Basic", Money.ofWon(100))))
                .isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> plan(9_901)).withMessageContaining("at most its price");
    }

    private static Plan plan(long taxFree) {
        return new Plan(
                "team",
                "Team",
                Money.ofWon(9_900),
                Plan.DEFAULT_PRODUCT,
                BillingInterval.MONTHLY,
                Trial.NONE,
                Seats.ONE,
                PlanLimits.NONE,
                Plan.DEFAULT_NOTICE_DAYS,
                Money.ofWon(taxFree),
                UnusedTime.LOST);
    }

    @Test
    void what_cannot_be_stored_or_charged_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Seats(0, Money.ZERO, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Seats(5, Money.ZERO, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Seats(1, Money.ofWon(1_000_000_001), null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Trial(-1, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Trial(731, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new PlanLimits(List.of("SSO"), Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new PlanLimits(List.of(), Map.of("calls", -1L)));
        assertThatIllegalArgumentException().isThrownBy(() -> plan(Seats.ONE, "Default"));
        // It would be taken for the address of the one subscription there was before there were products.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(Seats.ONE, "current"))
                .withMessageContaining("not current");
    }

    private static Plan plan(Seats seats, String product) {
        return new Plan(
                "team",
                "Team",
                Money.ofWon(9_900),
                product,
                BillingInterval.MONTHLY,
                Trial.NONE,
                seats,
                PlanLimits.NONE,
                Plan.DEFAULT_NOTICE_DAYS);
    }
}
