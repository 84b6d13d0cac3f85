package dev.wonflow.subscription.subscription;

import static dev.wonflow.subscription.subscription.PurchaseFixture.BASIC_PRICE;
import static dev.wonflow.subscription.subscription.PurchaseFixture.NOON;
import static dev.wonflow.subscription.subscription.PurchaseFixture.PRO_PRICE;
import static dev.wonflow.subscription.subscription.PurchaseFixture.aPurchase;
import static dev.wonflow.subscription.subscription.PurchaseFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.money.Money;
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
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every step of a subscription that is charged, one by one. */
class SubscriptionStepsTest {

    private static final SubscriptionId ID = new SubscriptionId(SequentialIds.id(1));
    private static final TenantId TENANT = new TenantId("tenant-1");
    private static final UUID METHOD = SequentialIds.id(2);
    private static final UUID CHANGE = SequentialIds.id(3);
    private static final Terms BASIC = new Terms("basic", 1, 1);
    private static final Terms PRO = new Terms("pro", 1, 1);
    private static final Terms WEEKLY = new Terms("weekly", 1, 1);
    private static final PaidBy PAYMENT = new PaidBy(false, "chg_1", "payment-1");
    private static final Instant A_MONTH_LATER = Instant.parse("2026-02-05T03:00:00Z");
    private static final Instant TWO_MONTHS_LATER = Instant.parse("2026-03-05T03:00:00Z");
    private static final Instant IN_BETWEEN = Instant.parse("2026-01-20T03:00:00Z");

    private final InMemoryPlanVersions plans = PurchaseFixture.versions();

    SubscriptionStepsTest() {
        plans.add(new PlanVersion("weekly", 1, weekly(), PlanSource.API, NOON));
    }

    @Test
    void created_one_waits_for_its_first_payment_and_begins_when_that_was_made() {
        Subscription created = created();
        Instant paidAt = NOON.plusSeconds(90);
        Period first = new Period(0, paidAt, A_MONTH_LATER.plusSeconds(90), BASIC_PRICE);

        Subscription active =
                created.renewed(first, BASIC, plan("basic"), PAYMENT, paidAt).subscription();

        assertThat(created.status()).isEqualTo(SubscriptionStatus.INCOMPLETE);
        assertThat(created.dueAt()).isNull();
        assertThat(created.planExpiresAt()).isEqualTo(NOON);
        assertThat(active.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(active.anchor()).isEqualTo(paidAt);
        assertThat(active.dueAt()).isEqualTo(A_MONTH_LATER.plusSeconds(90));
        assertThat(active.lastPaymentId()).isEqualTo("payment-1");
    }

    @Test
    void declined_first_payment_ends_it() {
        assertThat(step(created().firstPaymentFailed(NOON))).isEqualTo("EXPIRED, PAYMENT_FAILED, due null");
    }

    @Test
    void trial_is_followed_by_the_first_period_counted_from_its_end() {
        Subscription trial = onTrial(METHOD);
        Instant end = NOON.plus(Duration.ofDays(14));

        Due.Next next = bill(trial, end).next();
        Subscription active = trial.renewed(
                        new Period(0, next.start(), next.end(), BASIC_PRICE), BASIC, plan("basic"), PAYMENT, end)
                .subscription();

        assertThat(trial.planExpiresAt()).isEqualTo(end);
        assertThat(next).isEqualTo(new Due.Next(BASIC, plan("basic"), 0, end, Instant.parse("2026-02-19T03:00:00Z")));
        assertThat(active.anchor()).isEqualTo(end);
        assertThat(active.status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void trial_without_anything_to_charge_expires() {
        Subscription trial = onTrial(null);
        Instant end = NOON.plus(Duration.ofDays(14));

        assertThat(trial.statusAt(end.minusNanos(1))).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(trial.statusAt(end)).isEqualTo(SubscriptionStatus.EXPIRED);
        assertThat(step(moved(trial, end))).isEqualTo("EXPIRED, EXPIRED, due null");
    }

    @Test
    void method_given_on_trial_is_charged_at_its_end() {
        Subscription trial = onTrial(null).methodSet(METHOD, NOON).subscription();

        assertThat(bill(trial, NOON.plus(Duration.ofDays(14))).next().number()).isZero();
    }

    @Test
    void next_period_is_billed_when_the_running_one_is_over_and_nothing_else_is_due_meanwhile() {
        Subscription active = active();

        assertThat(active.due(A_MONTH_LATER.minusNanos(1), plans)).isEqualTo(new Due.Nothing());
        Due.Bill bill = bill(active, A_MONTH_LATER);
        assertThat(bill.next()).isEqualTo(new Due.Next(BASIC, plan("basic"), 1, A_MONTH_LATER, TWO_MONTHS_LATER));
        assertThat(bill.change().event()).isNull();
        Subscription waiting = bill.change().subscription();
        assertThat(waiting.due(A_MONTH_LATER.plusSeconds(60), plans)).isEqualTo(new Due.Nothing());
        assertThat(waiting.statusAt(A_MONTH_LATER.plusSeconds(60))).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void late_payment_pays_for_the_period_it_was_asked_for() {
        Subscription pastDue = billed().pastDue(A_MONTH_LATER).subscription();

        Subscription recovered = pastDue.renewed(
                        second(), BASIC, plan("basic"), PAYMENT, A_MONTH_LATER.plus(Duration.ofDays(8)))
                .subscription();

        assertThat(recovered.planExpiresAt()).isEqualTo(TWO_MONTHS_LATER);
        assertThat(recovered.anchor()).isEqualTo(NOON);
        assertThat(recovered.activatedAt()).isEqualTo(NOON);
    }

    @Test
    void failed_payment_leads_step_by_step_to_the_end_and_payment_back_from_each() {
        Subscription pastDue = billed().pastDue(A_MONTH_LATER).subscription();
        Subscription restricted = pastDue.restricted(A_MONTH_LATER).subscription();
        Subscription suspended = restricted.suspended(A_MONTH_LATER).subscription();

        assertThat(List.of(pastDue, restricted, suspended))
                .extracting(Subscription::status)
                .containsExactly(
                        SubscriptionStatus.PAST_DUE, SubscriptionStatus.RESTRICTED, SubscriptionStatus.SUSPENDED);
        assertThat(List.of(pastDue, restricted, suspended))
                .allSatisfy(owing -> assertThat(owing.renewed(second(), BASIC, plan("basic"), PAYMENT, A_MONTH_LATER)
                                .subscription()
                                .status())
                        .isEqualTo(SubscriptionStatus.ACTIVE));
        assertThat(step(suspended.canceled(A_MONTH_LATER))).isEqualTo("CANCELED, CANCELED, due null");
    }

    @Test
    void who_wanted_no_next_period_is_not_past_due_for_it() {
        Subscription leaving = billed().cancelScheduled(A_MONTH_LATER).subscription();

        assertThat(step(leaving.pastDue(A_MONTH_LATER))).isEqualTo("CANCELED, CANCELED, due null");
        assertThat(leaving.renewed(second(), BASIC, plan("basic"), PAYMENT, A_MONTH_LATER)
                        .subscription()
                        .cancelAt())
                .isEqualTo(TWO_MONTHS_LATER);
    }

    @Test
    void one_that_was_canceled_while_it_was_being_paid_for_ends_with_what_was_paid() {
        Subscription paid = billed().canceled(A_MONTH_LATER.plusSeconds(60))
                .subscription()
                .renewed(second(), BASIC, plan("basic"), PAYMENT, A_MONTH_LATER.plusSeconds(90))
                .subscription();

        assertThat(paid.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(paid.cancelAt()).isEqualTo(TWO_MONTHS_LATER);
        assertThat(step(moved(paid, TWO_MONTHS_LATER))).isEqualTo("CANCELED, CANCELED, due null");
    }

    @Test
    void scheduled_cancellation_takes_effect_at_the_end_unless_it_is_undone() {
        Subscription leaving = active().cancelScheduled(IN_BETWEEN).subscription();

        assertThat(leaving.cancelAt()).isEqualTo(A_MONTH_LATER);
        assertThat(step(moved(leaving, A_MONTH_LATER))).isEqualTo("CANCELED, CANCELED, due null");
        assertThat(bill(leaving.cancelUndone(IN_BETWEEN).subscription(), A_MONTH_LATER)
                        .next()
                        .number())
                .isEqualTo(1);
    }

    @Test
    void cancellation_now_ends_the_period_now() {
        Subscription canceled = active().canceled(IN_BETWEEN).subscription();

        assertThat(canceled.planExpiresAt()).isEqualTo(IN_BETWEEN);
        assertThat(canceled.status()).isEqualTo(SubscriptionStatus.CANCELED);
    }

    @Test
    void one_that_ended_begins_again_with_a_payment_and_a_new_count() {
        Subscription again = active().canceled(IN_BETWEEN)
                .subscription()
                .reactivated(PRO, METHOD, TWO_MONTHS_LATER)
                .subscription();

        assertThat(again.status()).isEqualTo(SubscriptionStatus.INCOMPLETE);
        assertThat(again.next(TWO_MONTHS_LATER, plans))
                .hasValue(new Due.Next(PRO, plan("pro"), 1, TWO_MONTHS_LATER, Instant.parse("2026-04-05T03:00:00Z")));
    }

    @Test
    void pause_begins_with_the_end_of_the_period_and_resuming_with_a_payment() {
        Instant until = Instant.parse("2026-04-01T00:00:00Z");
        Subscription resting = moved(active().pauseScheduled(until, IN_BETWEEN).subscription(), A_MONTH_LATER)
                .subscription();

        assertThat(resting.status()).isEqualTo(SubscriptionStatus.PAUSED);
        assertThat(resting.dueAt()).isEqualTo(until);
        Due.Bill bill = bill(resting, until);
        assertThat(bill.change().subscription().status()).isEqualTo(SubscriptionStatus.INCOMPLETE);
        assertThat(bill.next())
                .isEqualTo(new Due.Next(BASIC, plan("basic"), 1, until, Instant.parse("2026-05-01T00:00:00Z")));
    }

    @Test
    void declined_payment_of_one_that_resumes_lets_it_rest_on() {
        Subscription resting = moved(active().pauseScheduled(null, IN_BETWEEN).subscription(), A_MONTH_LATER)
                .subscription();
        Subscription resuming = resting.resumed(TWO_MONTHS_LATER).subscription();

        assertThat(step(resuming.firstPaymentFailed(TWO_MONTHS_LATER))).isEqualTo("PAUSED, PAYMENT_FAILED, due null");
        Period first = new Period(1, TWO_MONTHS_LATER, TWO_MONTHS_LATER.plus(Duration.ofDays(31)), BASIC_PRICE);
        assertThat(resuming.renewed(first, BASIC, plan("basic"), PAYMENT, TWO_MONTHS_LATER)
                        .subscription()
                        .pauseAt())
                .isNull();
    }

    @Test
    void pause_that_has_not_begun_is_taken_back() {
        Subscription running = active().pauseScheduled(null, IN_BETWEEN)
                .subscription()
                .resumed(IN_BETWEEN)
                .subscription();

        assertThat(running.pauseAt()).isNull();
        assertThat(bill(running, A_MONTH_LATER).next().number()).isEqualTo(1);
    }

    @Test
    void terms_for_the_next_period_are_billed_with_it_and_hold_when_it_is_paid() {
        Subscription changing = active().changeScheduled(PRO, null, IN_BETWEEN).subscription();

        Due.Next next = bill(changing, A_MONTH_LATER).next();
        Subscription changed = changing.renewed(
                        new Period(1, next.start(), next.end(), PRO_PRICE),
                        next.terms(),
                        next.plan(),
                        PAYMENT,
                        A_MONTH_LATER)
                .subscription();

        assertThat(changing.terms()).isEqualTo(BASIC);
        assertThat(next.terms()).isEqualTo(PRO);
        assertThat(changed.terms()).isEqualTo(PRO);
        assertThat(changed.pending()).isNull();
        assertThat(changed.anchor()).isEqualTo(NOON);
    }

    @Test
    void price_that_changes_later_leaves_the_periods_before_alone() {
        Subscription told = active().changeScheduled(PRO, A_MONTH_LATER.plusSeconds(1), IN_BETWEEN)
                .subscription();

        assertThat(bill(told, A_MONTH_LATER).next().terms()).isEqualTo(BASIC);
        assertThat(told.next(TWO_MONTHS_LATER, plans))
                .hasValueSatisfying(next -> assertThat(next.terms()).isEqualTo(PRO));
        Subscription renewed = told.renewed(second(), BASIC, plan("basic"), PAYMENT, A_MONTH_LATER)
                .subscription();
        assertThat(renewed.pending()).isEqualTo(told.pending());
    }

    @Test
    void change_with_something_to_pay_waits_for_its_payment_and_stops_everything_else() {
        Subscription awaiting = active().awaitingChange(PRO, CHANGE).subscription();

        assertThat(awaiting.terms()).isEqualTo(BASIC);
        assertThat(awaiting.due(A_MONTH_LATER, plans)).isEqualTo(new Due.Nothing());
        Subscription changed = awaiting.changed(PRO, PRO_PRICE, IN_BETWEEN).subscription();
        assertThat(changed.terms()).isEqualTo(PRO);
        assertThat(changed.period()).isEqualTo(new Period(0, NOON, A_MONTH_LATER, PRO_PRICE));
        assertThat(changed.dueAt()).isEqualTo(A_MONTH_LATER);
        assertThat(changed.activatedAt()).isEqualTo(IN_BETWEEN);
        assertThat(step(awaiting.changeFailed(IN_BETWEEN))).isEqualTo("ACTIVE, CHANGE_DROPPED, due " + A_MONTH_LATER);
        assertThat(awaiting.changeFailed(IN_BETWEEN).subscription().terms()).isEqualTo(BASIC);
    }

    @Test
    void plan_of_another_length_begins_a_count_of_its_own() {
        Instant end = IN_BETWEEN.plus(Duration.ofDays(7));
        Subscription changed = active().changedWithPeriod(
                        WEEKLY, new Period(1, IN_BETWEEN, end, Money.ofWon(3_000)), IN_BETWEEN)
                .subscription();

        assertThat(changed.anchor()).isEqualTo(IN_BETWEEN);
        assertThat(bill(changed, end).next())
                .isEqualTo(new Due.Next(WEEKLY, weekly(), 2, end, end.plus(Duration.ofDays(7))));
    }

    @Test
    void seats_alone_are_told_as_seats() {
        assertThat(step(active().changed(new Terms("basic", 1, 3), BASIC_PRICE, IN_BETWEEN)))
                .isEqualTo("ACTIVE, QUANTITY_CHANGED, due " + A_MONTH_LATER);
        assertThat(step(active().changed(PRO, PRO_PRICE, IN_BETWEEN)))
                .isEqualTo("ACTIVE, PLAN_CHANGED, due " + A_MONTH_LATER);
    }

    @Test
    void prepaid_one_expires_at_its_end_and_one_with_a_method_is_charged_on() {
        Subscription prepaid = Subscription.started(ID, aPurchase("p1", "basic", NOON), plan("basic"), 1)
                .subscription();

        assertThat(step(moved(prepaid, A_MONTH_LATER))).isEqualTo("EXPIRED, EXPIRED, due null");
        assertThat(bill(prepaid.methodSet(METHOD, IN_BETWEEN).subscription(), A_MONTH_LATER)
                        .next()
                        .start())
                .isEqualTo(A_MONTH_LATER);
    }

    @Test
    void what_would_not_be_safe_to_charge_is_parked_with_its_reason() {
        Subscription active = active();
        Subscription unknown =
                active.changed(new Terms("gone", 7, 1), BASIC_PRICE, IN_BETWEEN).subscription();

        assertThat(parked(restingWithoutMethod(), TWO_MONTHS_LATER)).isEqualTo(ParkingReason.NO_METHOD);
        assertThat(parked(unknown, A_MONTH_LATER)).isEqualTo(ParkingReason.PLAN_VERSION_MISSING);
        assertThat(parked(active, TWO_MONTHS_LATER)).isEqualTo(ParkingReason.OVERDUE_BY_A_PERIOD);
        assertThat(bill(active, TWO_MONTHS_LATER.minusNanos(1_000)).next().number())
                .isEqualTo(1);
    }

    @Test
    void method_releases_what_was_parked_for_want_of_one() {
        Subscription parked = moved(restingWithoutMethod(), TWO_MONTHS_LATER).subscription();

        assertThat(parked.due(TWO_MONTHS_LATER.plusSeconds(1), plans)).isEqualTo(new Due.Nothing());
        Instant later = TWO_MONTHS_LATER.plusSeconds(60);
        Subscription released = parked.methodSet(METHOD, later).subscription();
        assertThat(bill(released, later).next().start()).isEqualTo(later);
    }

    /** One that is to go on by itself two months later, and whose card is gone by then. */
    private Subscription restingWithoutMethod() {
        return moved(active().pauseScheduled(TWO_MONTHS_LATER, IN_BETWEEN).subscription(), A_MONTH_LATER)
                .subscription()
                .methodRemoved(A_MONTH_LATER)
                .subscription();
    }

    @Test
    void period_is_owed_though_there_is_nothing_to_charge() {
        Subscription without = active().methodRemoved(IN_BETWEEN).subscription();

        assertThat(bill(without, A_MONTH_LATER).next().start()).isEqualTo(A_MONTH_LATER);
    }

    @Test
    void released_after_more_than_a_period_it_goes_on_from_now_and_nobody_pays_for_the_gap() {
        Instant later = Instant.parse("2026-06-10T00:00:00Z");
        Subscription released =
                moved(active(), later).subscription().released(later).subscription();

        assertThat(bill(released, later).next())
                .isEqualTo(new Due.Next(BASIC, plan("basic"), 1, later, Instant.parse("2026-07-10T00:00:00Z")));
    }

    @Test
    void money_that_went_back_takes_its_time_back() {
        Subscription paidAhead = Subscription.started(ID, aPurchase("p1", "basic", NOON), plan("basic"), 1)
                .subscription()
                .bought(aPurchase("p2", "basic", IN_BETWEEN), plan("basic"), 1)
                .subscription();

        Subscription running = active().takenBack(IN_BETWEEN, IN_BETWEEN).subscription();
        assertThat(running.status()).isEqualTo(SubscriptionStatus.EXPIRED);
        assertThat(running.planExpiresAt()).isEqualTo(IN_BETWEEN);
        assertThat(paidAhead.planExpiresAt()).isEqualTo(TWO_MONTHS_LATER);
        Subscription ahead = paidAhead.takenBack(A_MONTH_LATER, IN_BETWEEN).subscription();
        assertThat(ahead.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(ahead.planExpiresAt()).isEqualTo(A_MONTH_LATER);
    }

    @Test
    void purchase_by_hand_is_never_lost_whatever_the_status() {
        Map<SubscriptionStatus, Subscription> all = oneOfEach();

        assertThat(all.keySet()).containsExactlyInAnyOrder(SubscriptionStatus.values());
        assertThat(all.values())
                .allSatisfy(subscription -> assertThat(subscription
                                .bought(aPurchase("p9", "pro", TWO_MONTHS_LATER), plan("pro"), 1)
                                .subscription())
                        .returns(SubscriptionStatus.ACTIVE, Subscription::status)
                        .returns(Instant.parse("2026-04-05T03:00:00Z"), Subscription::planExpiresAt)
                        .returns(null, Subscription::pending)
                        .returns(null, Subscription::cancelAt));
    }

    /** Tries every step from every status: what the table does not have is refused, and nothing else is. */
    @Test
    void no_step_leads_where_the_table_does_not() {
        Map<String, Function<Subscription, Subscription.Change>> steps = new LinkedHashMap<>();
        steps.put("renewed", one -> one.renewed(second(), BASIC, plan("basic"), PAYMENT, A_MONTH_LATER));
        steps.put("firstPaymentFailed", one -> one.firstPaymentFailed(A_MONTH_LATER));
        steps.put("pastDue", one -> one.pastDue(IN_BETWEEN));
        steps.put("restricted", one -> one.restricted(A_MONTH_LATER));
        steps.put("suspended", one -> one.suspended(A_MONTH_LATER));
        steps.put("canceled", one -> one.canceled(A_MONTH_LATER));
        steps.put("resumed", one -> one.resumed(A_MONTH_LATER));
        steps.put("reactivated", one -> one.reactivated(BASIC, METHOD, A_MONTH_LATER));
        steps.put("changed", one -> one.changed(PRO, PRO_PRICE, A_MONTH_LATER));
        steps.put("cancelScheduled", one -> one.cancelScheduled(A_MONTH_LATER));
        steps.put("pauseScheduled", one -> one.pauseScheduled(null, A_MONTH_LATER));
        List<String> went = new ArrayList<>();
        oneOfEach()
                .forEach((status, subscription) -> steps.forEach((name, step) -> {
                    try {
                        SubscriptionStatus after =
                                step.apply(subscription).subscription().status();
                        assertThat(status.next()).as("%s of %s", name, status).contains(after);
                        went.add(status + " " + name + " " + after);
                    } catch (IllegalTransition e) {
                        assertThat(e).hasMessageContaining("(expected: one of " + status.next() + ")");
                    }
                }));

        assertThat(went).contains("ACTIVE pastDue PAST_DUE", "PAUSED resumed INCOMPLETE", "CANCELED renewed ACTIVE");
        assertThat(went)
                .doesNotContain(
                        "PAST_DUE cancelScheduled PAST_DUE", "PAUSED changed PAUSED", "EXPIRED canceled CANCELED");
        assertThatThrownBy(() -> active().restricted(NOON))
                .isInstanceOf(IllegalTransition.class)
                .hasMessageContaining("ACTIVE -> RESTRICTED");
    }

    private Map<SubscriptionStatus, Subscription> oneOfEach() {
        Subscription active = active();
        Subscription pastDue = active.pastDue(IN_BETWEEN).subscription();
        Subscription restricted = pastDue.restricted(IN_BETWEEN).subscription();
        Map<SubscriptionStatus, Subscription> all = new LinkedHashMap<>();
        for (Subscription one : List.of(
                created(),
                onTrial(METHOD),
                active,
                pastDue,
                restricted,
                restricted.suspended(IN_BETWEEN).subscription(),
                moved(active.pauseScheduled(null, IN_BETWEEN).subscription(), A_MONTH_LATER)
                        .subscription(),
                active.canceled(IN_BETWEEN).subscription(),
                created().firstPaymentFailed(NOON).subscription())) {
            all.put(one.status(), one);
        }
        return all;
    }

    private static Subscription created() {
        return Subscription.created(ID, TENANT, plan("basic"), BASIC, METHOD, Subscription.SEOUL, NOON)
                .subscription();
    }

    private static Subscription onTrial(@Nullable UUID method) {
        Plan trial = new Plan(
                "basic",
                "Basic",
                BASIC_PRICE,
                Plan.DEFAULT_PRODUCT,
                BillingInterval.MONTHLY,
                new Trial(14, false),
                Seats.ONE,
                PlanLimits.NONE,
                Plan.DEFAULT_NOTICE_DAYS);
        return Subscription.onTrial(ID, TENANT, trial, BASIC, method, Subscription.SEOUL, NOON)
                .subscription();
    }

    private static Plan weekly() {
        return new Plan(
                "weekly",
                "Weekly",
                Money.ofWon(3_000),
                Plan.DEFAULT_PRODUCT,
                new BillingInterval(IntervalUnit.WEEK, 1),
                Trial.NONE,
                Seats.ONE,
                PlanLimits.NONE,
                Plan.DEFAULT_NOTICE_DAYS);
    }

    private static Subscription active() {
        return created()
                .renewed(new Period(0, NOON, A_MONTH_LATER, BASIC_PRICE), BASIC, plan("basic"), PAYMENT, NOON)
                .subscription();
    }

    private Subscription billed() {
        return bill(active(), A_MONTH_LATER).change().subscription();
    }

    private static Period second() {
        return new Period(1, A_MONTH_LATER, TWO_MONTHS_LATER, BASIC_PRICE);
    }

    private Due.Bill bill(Subscription subscription, Instant now) {
        return (Due.Bill) subscription.due(now, plans);
    }

    private Subscription.Change moved(Subscription subscription, Instant now) {
        return ((Due.Move) subscription.due(now, plans)).change();
    }

    private ParkingReason parked(Subscription subscription, Instant now) {
        return Objects.requireNonNull(moved(subscription, now).subscription().parking())
                .reason();
    }

    private static String step(Subscription.Change change) {
        SubscriptionEvent event = Objects.requireNonNull(change.event());
        return change.subscription().status() + ", " + ((SubscriptionEvent.Changed) event).reason() + ", due "
                + change.subscription().dueAt();
    }
}
