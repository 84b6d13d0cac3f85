package dev.wonflow.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.TellUpcoming;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.plan.Trial;
import dev.wonflow.subscription.subscription.Purchase;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Terms;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.server.RealServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Tenants hear of charges and ends before they come, each once. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "wonflow.plans[0].id=basic",
            "wonflow.plans[0].name=베이직",
            "wonflow.plans[0].price=9900",
            "wonflow.notice.upcoming.every=1h"
        })
@RealServers
class UpcomingNoticesIT {

    private static final Instant NOW = Instant.parse("2026-01-31T03:00:00Z");
    private static final Instant MONTH_END = Instant.parse("2026-02-28T03:00:00Z");

    private final TenantId tenant = new TenantId("tenant-" + UUID.randomUUID());
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final StoreSubscriptions store;
    private final PlanVersions versions;
    private final TellUpcoming tellUpcoming;
    private final MutableClock clock;

    @Autowired
    UpcomingNoticesIT(
            JdbcClient jdbc,
            TransactionOperations transaction,
            StoreSubscriptions store,
            PlanVersions versions,
            TellUpcoming tellUpcoming,
            MutableClock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.store = store;
        this.versions = versions;
        this.tellUpcoming = tellUpcoming;
        this.clock = clock;
    }

    @TestConfiguration
    static class Surroundings {

        @Bean
        MutableClock clock() {
            return new MutableClock(NOW);
        }
    }

    @AfterEach
    void set_the_clock_back() {
        clock.set(NOW);
    }

    @Test
    void renewal_is_told_three_days_ahead_and_once() {
        renewing(false);
        clock.set(MONTH_END.minus(Duration.ofDays(3)).minusSeconds(1));
        tellUpcoming.runOnce();
        assertThat(told()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        tellUpcoming.runOnce();
        clock.advance(Duration.ofDays(1));
        tellUpcoming.runOnce();

        assertThat(told())
                .containsExactly(
                        "renewal-upcoming {\"planName\":\"베이직\",\"amount\":9900,\"chargeAt\":\"2026-02-28T03:00:00Z\"}");
    }

    @Test
    void what_does_not_go_on_is_not_told_as_if_it_did() {
        renewing(true);
        clock.set(MONTH_END.minus(Duration.ofDays(1)));

        tellUpcoming.runOnce();

        assertThat(told()).noneMatch(notice -> notice.startsWith("renewal-upcoming"));
    }

    @Test
    void end_of_a_trial_says_what_is_charged_or_that_it_ends() {
        trial(UUID.randomUUID());
        clock.set(NOW.plus(Duration.ofDays(8)));
        tellUpcoming.runOnce();
        assertThat(told())
                .containsExactly(
                        "trial-ending {\"planName\":\"베이직\",\"amount\":9900,\"chargeAt\":\"2026-02-14T03:00:00Z\"}");
    }

    @Test
    void trial_without_a_card_is_told_that_it_ends() {
        trial(null);
        clock.set(NOW.plus(Duration.ofDays(8)));

        tellUpcoming.runOnce();
        tellUpcoming.runOnce();

        assertThat(told()).containsExactly("trial-ending {\"planName\":\"베이직\",\"endsAt\":\"2026-02-14T03:00:00Z\"}");
    }

    private void renewing(boolean untilTheEnd) {
        Plan plan = plan();
        transaction.executeWithoutResult(_ -> {
            Subscription bought = store.store(Subscription.started(
                    new SubscriptionId(UUID.randomUUID()),
                    new Purchase("pay_" + tenant, "ord_" + tenant, tenant, "basic", 1L, plan.price(), false, NOW),
                    plan,
                    1));
            Subscription renewing = store.store(bought.methodSet(UUID.randomUUID(), NOW));
            if (untilTheEnd) {
                store.store(renewing.cancelScheduled(NOW));
            }
        });
    }

    private void trial(@Nullable UUID method) {
        Plan plan = plan();
        Plan withTrial = new Plan(
                plan.id(),
                plan.name(),
                plan.price(),
                plan.product(),
                plan.interval(),
                new Trial(14, false),
                plan.seats(),
                plan.limits(),
                plan.noticeDays());
        transaction.executeWithoutResult(_ -> store.store(Subscription.onTrial(
                new SubscriptionId(UUID.randomUUID()),
                tenant,
                withTrial,
                new Terms("basic", 1, 1),
                method,
                Subscription.SEOUL,
                NOW)));
    }

    private Plan plan() {
        return versions.find("basic", 1).orElseThrow();
    }

    /** What went to the topic, by its outbox. */
    private List<String> told() {
        return jdbc.sql("""
            SELECT (payload::json ->> 'kind') || ' ' || (payload::json ->> 'data') FROM outbox
            WHERE tenant_id = :tenant AND type = 'notice.requested.v1'
              AND payload::json ->> 'kind' IN ('trial-ending', 'renewal-upcoming')
            """)
                .param("tenant", tenant.value())
                .query((row, _) -> row.getString(1))
                .list();
    }
}
