package dev.wonflow.subscription.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.subscription.plan.BillingInterval;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanLimits;
import dev.wonflow.subscription.plan.Seats;
import dev.wonflow.subscription.plan.Trial;
import dev.wonflow.subscription.plan.UnusedTime;
import dev.wonflow.subscription.subscription.Period;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoiceBuilderTest {

    private static final int CASES = 100_000;

    /** Thirty days. */
    private static final Instant START = Instant.parse("2026-04-01T00:00:00Z");

    private static final Instant END = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant MIDDLE = Instant.parse("2026-04-16T00:00:00Z");

    private static final Plan BASIC = plan("basic", 9_900, 1, 0);
    private static final Plan TEAM = plan("team", 29_000, 5, 5_000);

    @Test
    void period_costs_the_plan_and_seats_beyond_those_it_includes() {
        InvoiceBuilder.Draft draft = InvoiceBuilder.period(TEAM, 7, null, Money.ZERO);

        assertThat(text(draft)).containsExactly("PLAN team 1 x 29000 = 29000", "SEATS team 2 x 5000 = 10000");
        assertThat(draft.amounts().total()).isEqualTo(Money.ofWon(39_000));
        assertThat(draft.periodValue()).isEqualTo(Money.ofWon(39_000));
    }

    @Test
    void discount_comes_before_credit_and_the_value_of_the_period_is_what_is_left_after_it() {
        InvoiceBuilder.Draft draft =
                InvoiceBuilder.period(TEAM, 7, new Discount("SPRING", 10, Money.ZERO), Money.ofWon(200));

        assertThat(text(draft))
                .containsExactly(
                        "PLAN team 1 x 29000 = 29000",
                        "SEATS team 2 x 5000 = 10000",
                        "DISCOUNT SPRING 1 x -3900 = -3900",
                        "CREDIT credit 1 x -200 = -200");
        assertThat(draft.amounts())
                .isEqualTo(new Amounts(
                        Money.ofWon(34_900),
                        Money.ZERO,
                        Money.ofWon(3_173),
                        Money.ofWon(3_900),
                        Money.ofWon(200),
                        Money.ZERO));
        assertThat(draft.periodValue()).isEqualTo(Money.ofWon(35_100));
    }

    @ParameterizedTest
    @CsvSource({"33000, 3000", "9900, 900", "100, 9", "16, 1", "17, 2", "5, 0", "6, 1", "0, 0"})
    void vat_is_an_eleventh_half_up(long total, long vat) {
        assertThat(InvoiceBuilder.vat(Money.ofWon(total))).isEqualTo(Money.ofWon(vat));
    }

    @Test
    void more_credit_than_the_price_leaves_the_rest_where_it_is() {
        Amounts amounts =
                InvoiceBuilder.period(BASIC, 1, null, Money.ofWon(50_000)).amounts();

        assertThat(amounts.total()).isEqualTo(Money.ZERO);
        assertThat(amounts.creditUsed()).isEqualTo(Money.ofWon(9_900));
    }

    @Test
    void rest_below_what_toss_takes_is_let_go_and_shown() {
        InvoiceBuilder.Draft draft = InvoiceBuilder.period(BASIC, 1, null, Money.ofWon(9_801));

        assertThat(text(draft)).contains("WAIVED rest 1 x -99 = -99");
        assertThat(draft.amounts().total()).isEqualTo(Money.ZERO);
        assertThat(InvoiceBuilder.period(BASIC, 1, null, Money.ofWon(9_800))
                        .amounts()
                        .total())
                .isEqualTo(Money.ofWon(100));
    }

    @Test
    void what_was_let_go_is_worth_nothing_and_many_small_steps_cost_what_one_great_one_does() {
        Plan cheap = plan("cheap", 9_900, 1, 150);
        Period running = running(9_900);
        long paid = 0;
        for (int seats = 2; seats <= 101; seats++) {
            InvoiceBuilder.Draft step = InvoiceBuilder.change(running, "cheap", cheap, seats, MIDDLE, null, Money.ZERO);
            paid += step.amounts().total().won();
            running = running(step.periodValue().won());
        }
        InvoiceBuilder.Draft back = InvoiceBuilder.change(running, "cheap", cheap, 1, MIDDLE, null, Money.ZERO);

        assertThat(paid).isBetween(7_500L - 99, 7_500L);
        assertThat(back.amounts().creditLeft().won()).isBetween(paid - 1, paid);
        assertThat(InvoiceBuilder.period(BASIC, 1, null, Money.ofWon(9_850)).periodValue())
                .isEqualTo(Money.ofWon(9_850));
    }

    @Test
    void dearest_plan_there_can_be_is_reckoned_without_an_overflow() {
        Plan dearest = plan("dearest", 1_000_000_000, 1, 1_000_000_000);

        InvoiceBuilder.Draft draft =
                InvoiceBuilder.change(running(1_000_000_000), "old", dearest, 1_000_000, MIDDLE, null, Money.ZERO);

        assertThat(draft.amounts().total()).isEqualTo(Money.ofWon(499_999_500_000_000L));
    }

    @Test
    void dearer_plan_from_the_middle_costs_half_the_difference() {
        InvoiceBuilder.Draft draft = InvoiceBuilder.change(running(9_900), "basic", TEAM, 1, MIDDLE, null, Money.ZERO);

        assertThat(text(draft))
                .containsExactly("PRORATION_CREDIT basic 1 x -4950 = -4950", "PRORATION_CHARGE team 1 x 14500 = 14500");
        assertThat(draft.amounts().total()).isEqualTo(Money.ofWon(9_550));
    }

    @Test
    void cheaper_plan_leaves_credit_and_costs_nothing() {
        InvoiceBuilder.Draft draft =
                InvoiceBuilder.change(running(29_000), "team", BASIC, 1, MIDDLE, null, Money.ofWon(700));

        assertThat(text(draft)).last().isEqualTo("CREDIT_LEFT credit 1 x 9550 = 9550");
        assertThat(draft.amounts().total()).isEqualTo(Money.ZERO);
        assertThat(draft.amounts().creditLeft()).isEqualTo(Money.ofWon(9_550));
        assertThat(draft.amounts().creditUsed()).isEqualTo(Money.ZERO);
    }

    @Test
    void half_a_won_of_unused_time_is_rounded_up() {
        assertThat(InvoiceBuilder.part(Money.ofWon(1_001), running(1_001), MIDDLE))
                .isEqualTo(Money.ofWon(501));
        assertThat(InvoiceBuilder.part(Money.ofWon(1_000), running(1_000), START))
                .isEqualTo(Money.ofWon(1_000));
        assertThat(InvoiceBuilder.part(Money.ofWon(1_000), running(1_000), END)).isEqualTo(Money.ZERO);
    }

    @Test
    void what_is_not_used_of_a_period_that_ends_now_stays_as_credit() {
        InvoiceBuilder.Draft draft = InvoiceBuilder.end(running(9_901), BASIC, MIDDLE);

        assertThat(text(draft))
                .containsExactly("PRORATION_CREDIT basic 1 x -4950 = -4950", "CREDIT_LEFT credit 1 x 4950 = 4950");
        assertThat(draft.amounts().total()).isEqualTo(Money.ZERO);
        assertThat(InvoiceBuilder.end(running(9_901), BASIC, END).lines()).isEmpty();
    }

    @Test
    void no_second_of_a_period_that_ends_early_is_for_nothing() {
        Instant second = START.plusSeconds(1);

        assertThat(InvoiceBuilder.end(running(9_900), BASIC, second).amounts().creditLeft())
                .isEqualTo(Money.ofWon(9_899));
        assertThat(InvoiceBuilder.restart(
                                running(9_900), "basic", plan("year", 99_000, 1, 0), 1, second, null, Money.ZERO)
                        .amounts()
                        .total())
                .isEqualTo(Money.ofWon(99_000 - 9_899));
    }

    @Test
    void plans_part_of_whatever_is_to_be_paid_is_free_of_tax_and_carries_no_vat() {
        Plan mixed = new Plan(
                "class",
                "class",
                Money.ofWon(10_000),
                Plan.DEFAULT_PRODUCT,
                BillingInterval.MONTHLY,
                Trial.NONE,
                new Seats(1, Money.ofWon(5_000), null),
                PlanLimits.NONE,
                Plan.DEFAULT_NOTICE_DAYS,
                Money.ofWon(3_000),
                UnusedTime.LOST);

        Amounts amounts = InvoiceBuilder.period(mixed, 1, null, Money.ZERO).amounts();
        assertThat(amounts.taxFree()).isEqualTo(Money.ofWon(3_000));
        assertThat(amounts.vat()).as("as Toss has it").isEqualTo(Money.ofWon(636));
        amounts = InvoiceBuilder.period(mixed, 3, new Discount("HALF", 50, Money.ZERO), Money.ofWon(1_000))
                .amounts();
        assertThat(amounts.total()).isEqualTo(Money.ofWon(9_000));
        assertThat(amounts.taxFree()).isEqualTo(Money.ofWon(2_700));
        amounts = InvoiceBuilder.change(running(5_000), "class", mixed, 1, MIDDLE, null, Money.ZERO)
                .amounts();
        assertThat(amounts.total()).isEqualTo(Money.ofWon(2_500));
        assertThat(amounts.taxFree()).isEqualTo(Money.ofWon(750));
    }

    @Test
    void plan_of_another_length_costs_a_whole_period_less_the_unused_time() {
        InvoiceBuilder.Draft draft = InvoiceBuilder.restart(
                running(9_900), "basic", plan("yearly", 99_000, 1, 0), 1, MIDDLE, null, Money.ZERO);

        assertThat(text(draft))
                .containsExactly("PLAN yearly 1 x 99000 = 99000", "PRORATION_CREDIT basic 1 x -4950 = -4950");
    }

    @Test
    void whatever_is_billed_adds_up_and_is_never_below_zero() {
        Random random = new Random(1);
        for (int i = 0; i < CASES; i++) {
            Plan old = anyPlan(random);
            Plan plan = anyPlan(random);
            int quantity = 1 + random.nextInt(50);
            Discount discount = anyDiscount(random);
            Money credit = random.nextBoolean() ? Money.ZERO : Money.ofWon(random.nextInt(200_000));
            Instant now = START.plusSeconds(random.nextInt(30 * 86_400));
            Period running = running(old.priceOf(1 + random.nextInt(50)).won());
            InvoiceBuilder.Draft draft = switch (random.nextInt(3)) {
                case 0 -> InvoiceBuilder.period(plan, quantity, discount, credit);
                case 1 -> InvoiceBuilder.change(running, "old", plan, quantity, now, discount, credit);
                default -> InvoiceBuilder.restart(running, "old", plan, quantity, now, discount, credit);
            };

            Amounts amounts = draft.amounts();
            assertThat(draft.lines().stream().mapToLong(InvoiceLine::amountWon).sum())
                    .as("sum of %s", draft.lines())
                    .isEqualTo(amounts.total().won());
            assertThat(draft.lines())
                    .allSatisfy(line -> assertThat(line.amountWon()).isEqualTo(line.unitWon() * line.quantity()));
            assertThat(amounts.total().won())
                    .satisfiesAnyOf(
                            total -> assertThat(total).isZero(),
                            total -> assertThat(total).isGreaterThanOrEqualTo(100));
            assertThat(amounts.creditUsed()).isLessThanOrEqualTo(credit);
            assertThat(amounts.creditLeft().isZero() || amounts.creditUsed().isZero())
                    .isTrue();
            assertThat(Math.abs(amounts.vat().won() * 11 - amounts.total().won()))
                    .isLessThanOrEqualTo(5);
            assertThat(draft.periodValue()).isLessThanOrEqualTo(plan.priceOf(quantity));
        }
    }

    /**
     * However often a plan is changed in a period, in sum each second is paid for once, at the price it was used at.
     */
    @Test
    void nobody_pays_twice_for_the_same_second() {
        Random random = new Random(2);
        long whole = 30L * 86_400;
        for (int i = 0; i < CASES / 10; i++) {
            Plan plan = anyPlan(random);
            Period period = running(plan.price().won());
            long paid = plan.price().won();
            double used = 0;
            long from = 0;
            int changes = 1 + random.nextInt(6);
            for (int change = 0; change < changes; change++) {
                long at = from + random.nextLong(whole - from);
                used += plan.price().won() * (double) (at - from) / whole;
                plan = anyPlan(random);
                InvoiceBuilder.Draft draft =
                        InvoiceBuilder.change(period, "old", plan, 1, START.plusSeconds(at), null, Money.ZERO);
                paid += draft.lines().stream()
                        .filter(line -> line.kind() != LineKind.CREDIT_LEFT)
                        .mapToLong(InvoiceLine::amountWon)
                        .sum();
                period = new Period(0, START, END, draft.periodValue());
                from = at;
            }
            used += plan.price().won() * (double) (whole - from) / whole;

            // Of a rest that was let go, what is used until the next change is not paid for.
            assertThat((double) paid).as("%d changes", changes).isBetween(used - 100 * changes, used + changes);
        }
    }

    @Test
    void part_of_a_won_of_a_discount_is_the_tenants_and_no_discount_is_more_than_the_price() {
        assertThat(new Discount("X", 33, Money.ZERO).of(Money.ofWon(100))).isEqualTo(Money.ofWon(33));
        assertThat(new Discount("X", 33, Money.ZERO).of(Money.ofWon(101))).isEqualTo(Money.ofWon(34));
        assertThat(new Discount("X", 100, Money.ZERO).of(Money.ofWon(101))).isEqualTo(Money.ofWon(101));
        assertThat(new Discount("X", 0, Money.ofWon(5_000)).of(Money.ofWon(101)))
                .isEqualTo(Money.ofWon(101));
    }

    private static Plan anyPlan(Random random) {
        return plan(
                "p" + random.nextInt(10), 100 + random.nextInt(500_000), 1 + random.nextInt(5), random.nextInt(9_000));
    }

    private static @Nullable Discount anyDiscount(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> new Discount("P", 1 + random.nextInt(100), Money.ZERO);
            default -> new Discount("W", 0, Money.ofWon(1 + random.nextInt(100_000)));
        };
    }

    private static Period running(long value) {
        return new Period(3, START, END, Money.ofWon(value));
    }

    private static Plan plan(String id, long price, int includedSeats, long seatPrice) {
        return new Plan(
                id,
                id,
                Money.ofWon(price),
                Plan.DEFAULT_PRODUCT,
                BillingInterval.MONTHLY,
                Trial.NONE,
                new Seats(includedSeats, Money.ofWon(seatPrice), null),
                PlanLimits.NONE,
                Plan.DEFAULT_NOTICE_DAYS);
    }

    private static List<String> text(InvoiceBuilder.Draft draft) {
        return draft.lines().stream()
                .map(line -> line.kind() + " " + line.about() + " " + line.quantity() + " x " + line.unitWon() + " = "
                        + line.amountWon())
                .toList();
    }
}
