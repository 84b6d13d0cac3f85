package dev.wonflow.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.subscription.renewal.Renewals;
import dev.wonflow.subscription.renewal.RunRenewals;
import dev.wonflow.subscription.subscription.ParkingReason;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Runs of renewals, step by step, over a real database. */
@WithRenewals
class RenewalIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final RenewalWorld world;
    private final Renewals renewals;
    private final Subscriptions subscriptions;

    @Autowired
    RenewalIT(RenewalWorld world, Renewals renewals, Subscriptions subscriptions) {
        this.world = world;
        this.renewals = renewals;
        this.subscriptions = subscriptions;
    }

    @BeforeEach
    void startEmpty() {
        world.startEmpty();
    }

    @Test
    void what_is_due_is_charged_and_goes_on_when_it_is_paid() {
        Subscription due = world.due("acme");
        Subscription later = world.due("later");
        world.change(later.id(), subscription -> subscription.cancelScheduled(world.clock.instant()));

        world.renew();

        assertThat(world.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.tenant()).isEqualTo("acme");
            assertThat(asked.method()).isEqualTo(due.billingMethodId());
            assertThat(asked.amount()).isEqualTo(29_000);
        });
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(world.subscription(later.id()).status()).isEqualTo(SubscriptionStatus.CANCELED);

        world.answer(world::paid);

        Subscription renewed = world.subscription(due.id());
        assertThat(renewed.planExpiresAt()).isEqualTo(Instant.parse("2026-02-28T03:00:00Z"));
        assertThat(renewed.dueAt()).isEqualTo(renewed.planExpiresAt());
        world.renew();
        assertThat(world.asked()).isEmpty();
    }

    @Test
    @Tag("F11")
    void day_of_the_month_comes_back_after_a_short_month_and_each_period_is_charged_once() {
        Subscription due = world.due("acme");

        for (String end : List.of("2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31")) {
            world.renew();
            assertThat(world.asked()).hasSize(1);
            world.answer(world::paid);
            assertThat(world.subscription(due.id()).planExpiresAt()).isEqualTo(Instant.parse(end + "T03:00:00Z"));
            world.clock.set(Instant.parse(end + "T03:00:00Z"));
        }

        assertThat(world.count("invoice WHERE status = 'PAID'")).isEqualTo(4);
        assertThat(world.count("charge_attempt")).isEqualTo(4);
    }

    @Test
    @Tag("F11")
    void result_that_comes_twice_or_late_takes_nothing_back() {
        Subscription due = world.due("acme");
        world.renew();
        RenewalWorld.Asked asked = world.asked().getFirst();

        world.answer(world::unknown);
        assertThat(world.asked()).hasSize(1);
        world.renew();
        assertThat(world.count("charge_attempt"))
                .as("nothing is asked for again")
                .isOne();

        world.answer(world::paid);
        world.settle(List.of(world.declined(asked)));
        world.settle(List.of(world.paid(asked)));

        assertThat(world.count("invoice WHERE status = 'PAID'")).isOne();
        assertThat(world.subscription(due.id()).planExpiresAt()).isEqualTo(Instant.parse("2026-02-28T03:00:00Z"));
    }

    @Test
    @Tag("F11")
    void money_taken_by_a_charge_that_had_failed_is_an_incident_and_never_dropped() {
        Subscription due = world.due("acme");
        world.renew();
        RenewalWorld.Asked asked = world.asked().getFirst();
        world.answer(world::declined);

        world.settle(List.of(world.paid(asked)));
        world.settle(List.of(world.paid(asked)));

        assertThat(world.count(
                        "reported_incident WHERE kind = 'PAID_FOR_NOTHING' AND about = 'pay_" + asked.id() + "'"))
                .isOne();
        assertThat(world.subscription(due.id()).planExpiresAt()).isEqualTo(RenewalWorld.NOON);
    }

    @Test
    @Tag("F11")
    void two_schedulers_take_turns_and_charge_each_period_once() throws Exception {
        world.due(RenewalWorld.tenants(300));
        List<Future<Integer>> both = new ArrayList<>();
        try (ExecutorService schedulers = Executors.newFixedThreadPool(2)) {
            // Holds the switch until both wait for it: that they meet is not left to chance.
            world.transaction.executeWithoutResult(_ -> {
                renewals.hold();
                both.add(schedulers.submit(this::run));
                both.add(schedulers.submit(this::run));
                Awaitility.await("both wait for the switch").atMost(LIMIT).until(() -> world.waitingForLocks() == 2);
            });
            int claimed = 0;
            for (Future<Integer> one : both) {
                claimed += one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(claimed).isEqualTo(300);
        }
        assertThat(world.count("invoice")).isEqualTo(300);
        assertThat(world.count("charge_attempt")).isEqualTo(300);
        assertThat(world.count("outbox WHERE type = 'payment.charge-requested.v1'"))
                .isEqualTo(300);
    }

    /** Renews all that it gets, and answers what it asks for, so that the run is never full. */
    private int run() {
        int claimed = 0;
        while (true) {
            switch (world.renewals.step()) {
                case RunRenewals.Step.Claimed(int more) -> claimed += more;
                case RunRenewals.Step.Full _ -> world.answer(world::paid);
                case RunRenewals.Step.Idle _ -> {
                    return claimed;
                }
                case RunRenewals.Step.Stopped _ -> throw new IllegalStateException("stopped");
            }
        }
    }

    @Test
    @Tag("F11")
    void what_one_has_claimed_another_passes_over_even_without_the_switch() throws Exception {
        world.due(RenewalWorld.tenants(20));
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        Set<SubscriptionId> first = new HashSet<>();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<?> holding = other.submit(() -> world.transaction.executeWithoutResult(_ -> {
                subscriptions.claimDue(world.clock.instant(), 12).forEach(one -> first.add(one.id()));
                claimed.countDown();
                Awaitility.await().atMost(LIMIT).until(() -> looked.getCount() == 0);
            }));
            assertThat(claimed.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            List<Subscription> second =
                    world.transaction.execute(_ -> subscriptions.claimDue(world.clock.instant(), 12));
            looked.countDown();
            holding.get();

            assertThat(first).hasSize(12);
            assertThat(second).hasSize(8).noneMatch(one -> first.contains(one.id()));
        }
    }

    @Test
    @Tag("F12")
    void fault_that_meets_all_stops_the_run_restricts_nobody_and_is_one_alert() {
        world.due(RenewalWorld.tenants(120));
        world.renew();
        assertThat(world.asked()).as("a run begins with a few").hasSize(50);

        world.answer(world::unknown);
        assertThat(world.renewals.step()).isInstanceOf(RunRenewals.Step.Stopped.class);
        // Nothing helps but an operator, however long it takes and however often it is looked at.
        for (int day = 0; day < 40; day++) {
            world.after(Duration.ofDays(1));
        }

        assertThat(world.statuses()).isEqualTo(Map.of("ACTIVE", 120L));
        assertThat(world.count("charge_attempt")).isEqualTo(50);
        assertThat(world.count("dunning_case")).isZero();
        assertThat(world.count("notice")).isZero();
        assertThat(world.count("reported_incident WHERE kind = 'RENEWALS_HALTED' AND times = 1"))
                .isOne();

        // It is mended: what payment-service held goes on by itself, and the run from where it was.
        world.clock.set(RenewalWorld.NOON.plus(Duration.ofHours(5)));
        world.answer(world::paid);
        world.turnSwitch.resume(RenewalWorld.OPERATOR, "the customerKey is right again");
        while (world.count("subscription WHERE due_at <= '2026-02-01'") > 0
                || !world.asked().isEmpty()) {
            world.renew();
            world.answer(world::paid);
        }

        assertThat(world.count("invoice WHERE status = 'PAID'")).isEqualTo(120);
        assertThat(world.count("charge_attempt")).as("each is charged once").isEqualTo(120);
        assertThat(world.count("charge_attempt WHERE attempt > 1")).isZero();
        assertThat(world.statuses()).isEqualTo(Map.of("ACTIVE", 120L));
    }

    @Test
    @Tag("F12")
    void declines_that_cannot_be_the_customers_count_for_nobody_and_are_charged_again() {
        world.due(RenewalWorld.tenants(60));
        world.renew();

        world.answer(world::declined);
        world.renew();
        world.dun();

        assertThat(renewals.look().state().name()).isEqualTo("HALTED");
        assertThat(world.count("dunning_case")).isZero();
        assertThat(world.count("notice")).isZero();
        assertThat(progress()).containsExactly(0L, 50L, 0L, 10L);

        world.clock.advance(Duration.ofDays(2));
        world.turnSwitch.resume(RenewalWorld.OPERATOR, "the card company is back");
        assertThat(progress())
                .as("what counts for nothing did not fail, but remains")
                .containsExactly(0L, 0L, 0L, 60L);
        world.renew();
        assertThat(world.asked())
                .hasSize(50)
                .allMatch(asked -> asked.attempt() == 2 && asked.occasion().equals("AGAIN"));
        for (int round = 0; round < 4; round++) {
            world.answer(world::paid);
            world.renew();
            world.dun();
        }

        assertThat(world.statuses()).isEqualTo(Map.of("ACTIVE", 60L));
        assertThat(world.count("invoice WHERE status = 'PAID'")).isEqualTo(60);
        assertThat(world.count("dunning_case")).isZero();
        assertThat(progress()).containsExactly(60L, 0L, 0L, 0L);
    }

    /** What of the newest run is done, has failed, is under way, and remains. */
    private List<Long> progress() {
        Renewals.Progress progress = renewals.progress(world.clock.instant()).orElseThrow();
        return List.of(progress.paid(), progress.declined(), progress.underWay(), progress.remaining());
    }

    @Test
    @Tag("F12")
    void whoever_left_while_the_run_stood_still_is_not_charged_again() {
        List<Subscription> due = world.due(RenewalWorld.tenants(30));
        world.renew();
        world.answer(world::declined);
        world.renew();
        assertThat(renewals.look().state().name()).isEqualTo("HALTED");

        world.clock.advance(Duration.ofDays(2));
        Instant now = world.clock.instant();
        world.change(due.get(0).id(), leaving -> leaving.cancelScheduled(now));
        world.change(due.get(1).id(), leaving -> leaving.canceled(now));
        world.change(due.get(2).id(), resting -> resting.pauseScheduled(null, now));
        world.turnSwitch.resume(RenewalWorld.OPERATOR, "the card company is back");
        world.renew();

        assertThat(world.asked()).hasSize(27).noneMatch(asked -> asked.tenant().compareTo("tenant-0004") < 0);
        assertThat(world.statuses()).isEqualTo(Map.of("ACTIVE", 27L, "CANCELED", 2L, "PAUSED", 1L));
        assertThat(world.count("invoice WHERE status = 'OPEN'")).isEqualTo(27);
    }

    @Test
    @Tag("F12")
    void time_that_stands_still_counts_for_nobody() {
        Subscription due = world.due("acme");
        world.renew();
        world.answer(world::declined);
        world.dun();
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        Instant next = Objects.requireNonNull(world.nextAttempt("acme"));

        world.turnSwitch.pause(RenewalWorld.OPERATOR, "maintenance");
        world.after(Duration.ofDays(60));
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(world.asked()).isEmpty();

        world.turnSwitch.resume(RenewalWorld.OPERATOR, "done");
        world.dun();
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(world.nextAttempt("acme")).isEqualTo(next.plus(Duration.ofDays(60)));
    }

    @Test
    void paused_run_goes_on_where_it_was() {
        world.due(RenewalWorld.tenants(120));
        world.renew();
        world.turnSwitch.pause(RenewalWorld.OPERATOR, "card company reports an outage");
        world.clock.advance(Duration.ofSeconds(20));
        world.answer(world::paid);

        assertThat(world.renewals.step()).isInstanceOf(RunRenewals.Step.Stopped.class);
        Renewals.Progress stopped = renewals.progress(world.clock.instant()).orElseThrow();
        assertThat(stopped.paid()).isEqualTo(50);
        assertThat(stopped.remaining()).isEqualTo(70);
        assertThat(stopped.run().due()).isEqualTo(120);
        assertThat(stopped.perMinute()).as("50 in the first 20 seconds").isEqualTo(150);
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(renewals.progress(world.clock.instant()).orElseThrow().perMinute())
                .isZero();

        world.turnSwitch.resume(RenewalWorld.OPERATOR, "it is over");
        world.renew();
        assertThat(world.asked()).as("it begins with a few again").hasSize(50);
        for (int round = 0; round < 2; round++) {
            world.answer(world::paid);
            world.renew();
        }

        Renewals.Progress ended = renewals.progress(world.clock.instant()).orElseThrow();
        assertThat(ended.paid()).isEqualTo(120);
        assertThat(ended.remaining()).isZero();
        assertThat(ended.run().endedAt()).isNotNull();
        assertThat(ended.run().claimed()).isEqualTo(120);
    }

    @Test
    void one_that_cannot_be_billed_is_parked_and_holds_up_no_other() {
        world.due(RenewalWorld.tenants(30));
        world.jdbc
                .sql("ALTER TABLE charge_attempt ADD CONSTRAINT unfit CHECK (tenant_id <> 'tenant-0017') NOT VALID")
                .update();
        try {
            world.renew();
        } finally {
            world.jdbc.sql("ALTER TABLE charge_attempt DROP CONSTRAINT unfit").update();
        }

        assertThat(world.asked()).hasSize(29).noneMatch(asked -> asked.tenant().equals("tenant-0017"));
        assertThat(renewals.parked(10)).singleElement().satisfies(parked -> {
            assertThat(parked.tenant().value()).isEqualTo("tenant-0017");
            assertThat(parked.reason()).isEqualTo(ParkingReason.CANNOT_BE_BILLED);
        });
    }

    @Test
    @Tag("F12")
    void fault_of_ours_that_meets_each_subscription_parks_a_few_and_stops() {
        world.due(RenewalWorld.tenants(30));
        world.jdbc
                .sql("ALTER TABLE charge_attempt ADD CONSTRAINT fault_of_ours CHECK (amount_won = 0) NOT VALID")
                .update();
        try {
            world.renew();
        } finally {
            world.jdbc
                    .sql("ALTER TABLE charge_attempt DROP CONSTRAINT fault_of_ours")
                    .update();
        }

        assertThat(renewals.look().state().name()).isEqualTo("HALTED");
        assertThat(renewals.look().reason()).startsWith("5 subscriptions in a row cannot be billed: ");
        assertThat(renewals.parked(100)).hasSize(5);
        assertThat(world.count("reported_incident WHERE kind = 'RENEWALS_HALTED'"))
                .isOne();
    }

    @Test
    void what_would_not_be_safe_is_parked_listed_and_released() {
        Subscription due = world.due("acme");
        Instant tomorrow = world.clock.instant().plus(Duration.ofDays(1));
        world.change(due.id(), subscription -> subscription.pauseScheduled(tomorrow, world.clock.instant()));
        world.change(due.id(), subscription -> subscription.methodRemoved(world.clock.instant()));
        world.renew();

        world.after(Duration.ofDays(1));

        assertThat(renewals.parked(10)).singleElement().satisfies(parked -> {
            assertThat(parked.tenant().value()).isEqualTo("acme");
            assertThat(parked.reason()).isEqualTo(ParkingReason.NO_METHOD);
        });
        assertThat(world.asked()).isEmpty();

        world.anotherCard(due.id());
        world.renew();
        assertThat(renewals.parked(10)).isEmpty();
        assertThat(world.asked()).hasSize(1);
    }
}
