package dev.wonflow.subscription.testclock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantForecast;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.BillingInterval;
import dev.wonflow.subscription.plan.InMemoryPlanVersions;
import dev.wonflow.subscription.plan.IntervalUnit;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanLimits;
import dev.wonflow.subscription.plan.PlanSource;
import dev.wonflow.subscription.plan.PlanVersion;
import dev.wonflow.subscription.plan.Seats;
import dev.wonflow.subscription.plan.Trial;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Terms;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final Instant START = seoul("2026-01-31T12:00");
    private static final UUID METHOD = SequentialIds.id(50);
    private static final Terms TEAM = new Terms("team", 1, 5);
    private static final Plan MONTHLY = plan("team", BillingInterval.MONTHLY, new Trial(14, true));
    private static final Plan DAILY = plan("daily", new BillingInterval(IntervalUnit.DAY, 1), Trial.NONE);

    private final InMemoryPlanVersions plans = new InMemoryPlanVersions();
    private final Forecast forecast = new Forecast(plans);

    ForecastTest() {
        plans.add(new PlanVersion("team", 1, MONTHLY, PlanSource.API, START));
        plans.add(new PlanVersion("daily", 1, DAILY, PlanSource.API, START));
    }

    @Test
    void renewals_come_on_their_days_and_cost_what_they_will_cost() {
        assertThat(told(paid(TEAM, MONTHLY), "2026-05-01T00:00"))
                .containsExactly(
                        "2026-02-28T12:00 renewal: team × 5, 35,000 won",
                        "2026-03-31T12:00 renewal: team × 5, 35,000 won",
                        "2026-04-30T12:00 renewal: team × 5, 35,000 won");
    }

    @Test
    void trial_ends_with_a_first_charge() {
        Subscription trial = Subscription.onTrial(
                        id(), new TenantId("acme"), MONTHLY, TEAM, METHOD, Subscription.SEOUL, START)
                .subscription();

        assertThat(told(trial, "2026-03-15T00:00"))
                .containsExactly(
                        "2026-02-14T12:00 first charge after the trial: team × 5, 35,000 won",
                        "2026-03-14T12:00 renewal: team × 5, 35,000 won");
    }

    @Test
    void what_was_asked_for_at_the_end_of_the_period_comes_and_nothing_after_it() {
        Subscription paid = paid(TEAM, MONTHLY);

        assertThat(told(paid.cancelScheduled(START).subscription(), "2027-01-01T00:00"))
                .containsExactly("2026-02-28T12:00 cancelled, as was asked for");
        assertThat(told(paid.pauseScheduled(seoul("2026-04-10T12:00"), START).subscription(), "2026-05-15T00:00"))
                .containsExactly(
                        "2026-02-28T12:00 paused, as was asked for",
                        "2026-04-10T12:00 charge that ends the pause: team × 5, 35,000 won",
                        "2026-05-10T12:00 renewal: team × 5, 35,000 won");
        assertThat(told(
                        paid.changeScheduled(new Terms("team", 1, 1), null, START)
                                .subscription(),
                        "2026-03-31T12:00"))
                .containsExactly(
                        "2026-02-28T12:00 renewal with other terms: team × 1, 19,000 won",
                        "2026-03-31T12:00 renewal: team × 1, 19,000 won");
    }

    @Test
    void subscription_that_nothing_charges_on_expires() {
        Subscription trial = Subscription.onTrial(
                        id(), new TenantId("acme"), MONTHLY, TEAM, null, Subscription.SEOUL, START)
                .subscription();

        assertThat(told(trial, "2027-01-01T00:00")).containsExactly("2026-02-14T12:00 expired: nothing charges on");
    }

    @Test
    void plan_nobody_knows_parks_it() {
        assertThat(told(paid(new Terms("team", 7, 5), MONTHLY), "2027-01-01T00:00"))
                .containsExactly("2026-02-28T12:00 parked: PLAN_VERSION_MISSING");
    }

    @Test
    void list_ends_after_a_thousand() {
        List<TenantForecast.Expected> all =
                forecast.of(paid(new Terms("daily", 1, 1), DAILY), START.plus(Duration.ofDays(3_000)));

        assertThat(all).hasSize(1_000);
        assertThat(all.getLast().at()).isEqualTo(START.plus(Duration.ofDays(1_000)));
    }

    private List<String> told(Subscription subscription, String until) {
        DateTimeFormatter time = DateTimeFormatter.ISO_LOCAL_DATE_TIME;
        return forecast.of(subscription, seoul(until)).stream()
                .map(one -> time.format(one.at().atZone(Subscription.SEOUL).toLocalDateTime())
                                .substring(0, 16) + " " + one.what().replaceFirst("^default: ", ""))
                .toList();
    }

    /** One whose first period is paid. */
    private static Subscription paid(Terms terms, Plan plan) {
        Subscription created = Subscription.created(
                        id(), new TenantId("acme"), plan, terms, METHOD, Subscription.SEOUL, START)
                .subscription();
        InMemoryPlanVersions known = new InMemoryPlanVersions();
        known.add(new PlanVersion(plan.id(), terms.planVersion(), plan, PlanSource.API, START));
        Instant end = created.next(START, known).orElseThrow().end();
        return created.renewed(new Period(0, START, end, plan.priceOf(terms.quantity())), terms, plan, null, START)
                .subscription();
    }

    private static SubscriptionId id() {
        return new SubscriptionId(SequentialIds.id(1));
    }

    private static Plan plan(String id, BillingInterval interval, Trial trial) {
        return new Plan(
                id,
                id,
                Money.ofWon(19_000),
                Plan.DEFAULT_PRODUCT,
                interval,
                trial,
                new Seats(1, Money.ofWon(4_000), null),
                PlanLimits.NONE,
                30);
    }

    private static Instant seoul(String time) {
        return LocalDateTime.parse(time).atZone(Subscription.SEOUL).toInstant();
    }
}
