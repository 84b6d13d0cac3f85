package dev.wonflow.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.charge.ChargeResult;
import dev.wonflow.subscription.dunning.DunningPolicies;
import dev.wonflow.subscription.dunning.DunningPolicy;
import dev.wonflow.subscription.dunning.DunningPolicy.FinalAction;
import dev.wonflow.subscription.dunning.RunDunning;
import dev.wonflow.subscription.invoice.InvoiceStatus;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of invoices whose charge was declined, step by step, over a real database. */
@WithRenewals
class DunningIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final RenewalWorld world;
    private final DunningPolicies policies;

    @Autowired
    DunningIT(RenewalWorld world, DunningPolicies policies) {
        this.world = world;
        this.policies = policies;
    }

    @BeforeEach
    void startEmpty() {
        world.startEmpty();
    }

    @Test
    void first_decline_leaves_full_use_tells_the_tenant_once_and_is_tried_again_by_the_policy() {
        Subscription due = declined(world::declined);

        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(world.stage("acme")).isEqualTo("GRACE");
        assertThat(world.notices("acme")).containsExactly("payment-failed");
        assertThat(world.nextAttempt("acme")).isEqualTo(RenewalWorld.NOON.plus(Duration.ofDays(1)));

        world.after(Duration.ofHours(23));
        assertThat(world.asked()).isEmpty();
        world.after(Duration.ofHours(1));
        assertThat(world.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.attempt()).isEqualTo(2);
            assertThat(asked.occasion()).isEqualTo("RETRY");
        });
    }

    @Test
    void tenant_is_told_before_each_further_attempt() {
        declined(world::declined);
        world.after(Duration.ofDays(1));
        world.answer(world::declined);
        world.dun();
        assertThat(world.nextAttempt("acme")).isEqualTo(RenewalWorld.NOON.plus(Duration.ofDays(4)));

        world.after(Duration.ofDays(2));
        assertThat(world.notices("acme")).containsExactly("payment-failed", "retry-upcoming");
        world.after(Duration.ofDays(1));
        world.answer(world::declined);
        world.dun();
        // Five days to the next one, which is announced a day before.
        world.after(Duration.ofDays(4));
        world.after(Duration.ofHours(1));
        assertThat(world.notices("acme"))
                .containsExactly("payment-failed", "retry-upcoming", "restricted", "retry-upcoming");
    }

    @Test
    void whoever_never_pays_loses_use_step_by_step_and_is_told_of_each_once() {
        Subscription due = declined(world::declined);

        String seen = "";
        for (int day = 1; day <= 40; day++) {
            world.after(Duration.ofDays(1));
            world.answer(world::declined);
            world.dun();
            world.dun();
            SubscriptionStatus status = world.subscription(due.id()).status();
            if (!seen.endsWith(status.name())) {
                seen += " " + day + " " + status;
            }
        }

        assertThat(seen).isEqualTo(" 1 PAST_DUE 7 RESTRICTED 16 SUSPENDED 30 CANCELED");
        assertThat(world.count("charge_attempt"))
                .as("the first, and four by the policy")
                .isEqualTo(5);
        assertThat(world.count("invoice WHERE status = 'UNCOLLECTIBLE'")).isOne();
        assertThat(world.notices("acme"))
                .filteredOn(kind ->
                        List.of("payment-failed", "restricted", "suspended").contains(kind))
                .containsExactly("payment-failed", "restricted", "suspended");
        assertThat(world.stage("acme")).isEqualTo("ENDED");
    }

    @ParameterizedTest
    @CsvSource({"1, PAST_DUE", "10, RESTRICTED", "20, SUSPENDED"})
    void payment_at_any_stage_makes_it_whole_again(int days, SubscriptionStatus before) {
        Subscription due = declined(world::stolen);
        world.after(Duration.ofDays(days));
        world.after(Duration.ZERO);
        assertThat(world.subscription(due.id()).status()).isEqualTo(before);

        UUID card = world.anotherCard(due.id());
        world.dun();
        assertThat(world.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo(card);
            assertThat(asked.occasion()).isEqualTo("NEW_METHOD");
        });
        world.answer(world::paid);

        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(world.stage("acme")).isEqualTo("RECOVERED");
        assertThat(world.notices("acme")).containsOnlyOnce("recovered");
        assertThat(world.count("invoice WHERE status = '" + InvoiceStatus.PAID + "'"))
                .isOne();
        world.after(Duration.ofDays(1));
        assertThat(world.asked()).isEmpty();
    }

    @Test
    void another_card_and_a_stage_that_is_over_at_the_same_time_do_not_wait_for_each_other() throws Exception {
        Subscription due = declined(world::stolen);
        world.clock.advance(Duration.ofDays(7));
        try (ExecutorService loop = Executors.newSingleThreadExecutor()) {
            Future<RunDunning.Step> step = world.transaction.execute(_ -> {
                world.hold(due.id());
                Future<RunDunning.Step> running = loop.submit(world.dunning::step);
                Awaitility.await("the loop waits").atMost(LIMIT).until(() -> world.waitingForLocks() == 1);
                world.anotherCard(due.id());
                return running;
            });

            assertThat(step.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(RunDunning.Step.Done.class);
        }
        world.dun();

        assertThat(world.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.occasion()).isEqualTo("NEW_METHOD"));
        assertThat(world.subscription(due.id()).status())
                .as("what is tried takes nothing away")
                .isEqualTo(SubscriptionStatus.PAST_DUE);
    }

    @Test
    void card_that_is_no_good_is_not_tried_again_but_asked_to_be_replaced() {
        declined(world::stolen);

        assertThat(world.notices("acme")).containsExactlyInAnyOrder("payment-failed", "new-card-needed");
        assertThat(world.nextAttempt("acme")).isNull();
        for (int day = 0; day < 29; day++) {
            world.after(Duration.ofDays(1));
        }
        assertThat(world.count("charge_attempt")).isOne();
    }

    @Test
    void whoever_has_nothing_to_charge_owes_the_period_all_the_same_and_is_asked_for_a_card() {
        Subscription due = world.due("acme");
        world.change(due.id(), subscription -> subscription.methodRemoved(world.clock.instant()));
        world.renew();
        world.dun();

        assertThat(world.asked()).isEmpty();
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(world.stage("acme")).isEqualTo("GRACE");
        assertThat(world.notices("acme")).containsExactly("new-card-needed");
        world.after(Duration.ofDays(7));
        world.after(Duration.ZERO);
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.RESTRICTED);

        world.anotherCard(due.id());
        world.dun();
        world.answer(world::declined);
        world.dun();
        assertThat(world.notices("acme")).containsExactly("new-card-needed", "restricted", "payment-failed");
        world.after(Duration.ofDays(1));
        world.answer(world::paid);
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(world.stage("acme")).isEqualTo("RECOVERED");
    }

    @Test
    void card_that_comes_before_anybody_asked_for_it_is_charged_at_once() {
        Subscription due = world.due("acme");
        world.change(due.id(), subscription -> subscription.methodRemoved(world.clock.instant()));
        world.renew();

        UUID card = world.anotherCard(due.id());
        world.dun();

        assertThat(world.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.method()).isEqualTo(card));
        assertThat(world.notices("acme")).isEmpty();
        world.answer(world::paid);
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    @Tag("F12")
    void outcome_nobody_knows_restricts_nobody_however_long_it_lasts() {
        Subscription due = world.due("acme");
        world.renew();
        world.answer(world::unknown);

        world.after(Duration.ofDays(20));
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(world.count("dunning_case")).isZero();

        // The same in the middle of dunning: a retry that is not answered holds the stages up.
        world.answer(world::declined);
        world.dun();
        world.after(Duration.ofDays(1));
        world.answer(world::unknown);
        world.after(Duration.ofDays(60));
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.PAST_DUE);

        world.answer(world::paid);
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void policy_of_a_tenant_holds_for_it_alone() {
        policies.save(
                ACME,
                new DunningPolicy(List.of(2), null, List.of(), 3, 0, 4, FinalAction.STAY_SUSPENDED),
                world.clock.instant());
        Subscription due = declined(world::declined);
        assertThat(world.nextAttempt("acme")).isEqualTo(RenewalWorld.NOON.plus(Duration.ofDays(2)));

        world.after(Duration.ofDays(2));
        world.answer(world::declined);
        world.dun();
        assertThat(world.nextAttempt("acme")).isNull();
        world.after(Duration.ofDays(1));
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.SUSPENDED);
        world.after(Duration.ofDays(400));
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.SUSPENDED);

        world.anotherCard(due.id());
        world.dun();
        world.answer(world::paid);
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void whoever_is_suspended_is_not_cancelled_once_the_policy_says_so() {
        Subscription due = declined(world::stolen);
        world.after(Duration.ofDays(16));
        world.after(Duration.ZERO);
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.SUSPENDED);

        policies.save(
                ACME,
                new DunningPolicy(List.of(2), null, List.of(), 7, 9, 14, FinalAction.STAY_SUSPENDED),
                world.clock.instant());
        world.after(Duration.ofDays(60));

        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.SUSPENDED);
        assertThat(world.stage("acme")).isEqualTo("SUSPENDED");
        world.anotherCard(due.id());
        world.dun();
        world.answer(world::paid);
        assertThat(world.subscription(due.id()).status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void attempt_that_comes_late_still_keeps_quiet_hours() {
        Subscription due = declined(world::declined);

        // Nobody has looked until 23:00 of the next day.
        world.after(Duration.ofHours(35));
        assertThat(world.asked()).isEmpty();
        assertThat(world.nextAttempt("acme")).isEqualTo(Instant.parse("2026-02-02T00:00:00Z"));

        // Another card is the tenant's own wish, at any hour.
        world.anotherCard(due.id());
        world.dun();
        assertThat(world.asked()).hasSize(1);
    }

    @Test
    void policy_is_read_as_it_was_stored() {
        policies.save(ACME, DunningPolicy.standard(), Instant.EPOCH);

        assertThat(policies.find(ACME)).contains(DunningPolicy.standard());
        assertThat(policies.find(null)).isEmpty();
        assertThat(policies.remove(ACME)).isTrue();
        assertThat(policies.remove(ACME)).isFalse();
        assertThat(policies.of(List.of(ACME))).containsEntry(ACME, DunningPolicy.standard());
    }

    /** A subscription whose first charge came back like that, and was judged. */
    private Subscription declined(Function<RenewalWorld.Asked, ChargeResult> answer) {
        Subscription due = world.due("acme");
        world.renew();
        world.answer(answer);
        world.dun();
        return due;
    }
}
