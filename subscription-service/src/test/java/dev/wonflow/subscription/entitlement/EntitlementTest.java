package dev.wonflow.subscription.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.BillingInterval;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanLimits;
import dev.wonflow.subscription.plan.Seats;
import dev.wonflow.subscription.plan.Trial;
import dev.wonflow.subscription.subscription.Purchase;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Terms;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntitlementTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant NOW = Instant.parse("2026-01-31T03:00:00Z");
    private static final Instant MONTH_END = Instant.parse("2026-02-28T03:00:00Z");
    private static final Instant TRIAL_END = Instant.parse("2026-02-14T03:00:00Z");
    private static final UUID CARD = SequentialIds.id(9);
    private static final PlanLimits LIMITS = new PlanLimits(List.of("sso"), Map.of("api-calls", 10_000L));

    private static final Plan TEAM = new Plan(
            "team",
            "팀",
            Money.ofWon(29_000),
            Plan.DEFAULT_PRODUCT,
            BillingInterval.MONTHLY,
            new Trial(14, false),
            new Seats(3, Money.ofWon(5_000), null),
            LIMITS,
            30);

    @Test
    void each_status_gives_this_access() {
        String table = Arrays.stream(SubscriptionStatus.values())
                .map(status -> status + " -> " + Access.of(status))
                .collect(Collectors.joining("\n"));

        assertThat(table).isEqualTo("""
            INCOMPLETE -> NONE
            TRIALING -> FULL
            ACTIVE -> FULL
            PAST_DUE -> GRACE
            RESTRICTED -> RESTRICTED
            SUSPENDED -> SUSPENDED
            PAUSED -> PAUSED
            CANCELED -> NONE
            EXPIRED -> NONE""");
    }

    @Test
    void what_nothing_charges_on_ends_with_what_was_paid() {
        Entitlement bought = of(prepaid());

        assertThat(bought.planExpiresAt()).isEqualTo(MONTH_END);
        assertThat(bought.endsAt()).isEqualTo(MONTH_END);
        assertThat(of(prepaid().methodSet(CARD, NOW).subscription()).endsAt()).isNull();
    }

    @Test
    void trial_ends_by_itself_only_without_a_method() {
        assertThat(of(trial(null)).endsAt()).isEqualTo(TRIAL_END);
        assertThat(of(trial(CARD)).endsAt()).isNull();
    }

    @Test
    void cancelling_and_pausing_at_the_end_of_the_period_tell_when_it_ends() {
        Subscription running = prepaid().methodSet(CARD, NOW).subscription();

        assertThat(of(running.cancelScheduled(NOW).subscription()).endsAt()).isEqualTo(MONTH_END);
        assertThat(of(running.pauseScheduled(null, NOW).subscription()).endsAt())
                .isEqualTo(MONTH_END);
        assertThat(of(running.cancelScheduled(NOW)
                                .subscription()
                                .cancelUndone(NOW)
                                .subscription())
                        .endsAt())
                .isNull();
    }

    @Test
    void who_owes_is_told_no_end() {
        Subscription running = prepaid().methodSet(CARD, NOW).subscription();

        Entitlement owes = of(running.pastDue(MONTH_END).subscription());
        Entitlement rests = of(running.pauseScheduled(null, NOW)
                .subscription()
                .pastDue(MONTH_END)
                .subscription());

        assertThat(owes.access()).isEqualTo(Access.GRACE);
        assertThat(owes.endsAt()).isNull();
        assertThat(owes.planExpiresAt()).isEqualTo(MONTH_END);
        assertThat(rests.access()).isEqualTo(Access.PAUSED);
        assertThat(rests.endsAt()).isNull();
    }

    @Test
    void seats_are_those_that_are_paid_for_or_included_and_limits_are_the_plans() {
        Subscription running = prepaid().methodSet(CARD, NOW).subscription();
        Subscription larger = running.changed(new Terms("team", 1, 7), Money.ofWon(49_000), NOW)
                .subscription();

        assertThat(of(running).seats()).isEqualTo(3);
        assertThat(of(larger).seats()).isEqualTo(7);
        assertThat(of(larger).limits()).isEqualTo(LIMITS);
    }

    @Test
    void plan_of_before_versions_were_kept_has_no_limits() {
        Entitlement old = Entitlement.of(prepaid(), SubscriptionStatus.ACTIVE, null);

        assertThat(old.seats()).isEqualTo(1);
        assertThat(old.limits()).isEqualTo(PlanLimits.NONE);
    }

    private static Entitlement of(Subscription subscription) {
        return Entitlement.of(subscription, subscription.status(), TEAM);
    }

    private static Subscription prepaid() {
        Purchase purchase = new Purchase("p1", "ord_p1", TENANT, "team", 1L, TEAM.price(), false, NOW);
        return Subscription.started(new SubscriptionId(SequentialIds.id(1)), purchase, TEAM, 1)
                .subscription();
    }

    private static Subscription trial(@Nullable UUID method) {
        return Subscription.onTrial(
                        new SubscriptionId(SequentialIds.id(1)),
                        TENANT,
                        TEAM,
                        new Terms("team", 1, 1),
                        method,
                        Subscription.SEOUL,
                        NOW)
                .subscription();
    }
}
