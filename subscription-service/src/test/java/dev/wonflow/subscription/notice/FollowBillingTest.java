package dev.wonflow.subscription.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.InMemoryPlanVersions;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanSource;
import dev.wonflow.subscription.plan.PlanVersion;
import dev.wonflow.subscription.subscription.Purchase;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionFact;
import dev.wonflow.subscription.subscription.Terms;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowBillingTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant BOUGHT = Instant.parse("2026-01-31T03:00:00Z");
    private static final Instant MONTH_END = Instant.parse("2026-02-28T03:00:00Z");
    private static final Plan TEAM = Plan.monthly("team", "팀", Money.ofWon(29_000));
    private static final Plan DEARER = Plan.monthly("team", "팀", Money.ofWon(33_000));

    private final InMemoryPlanVersions plans = new InMemoryPlanVersions();
    private final List<Notice> told = new ArrayList<>();
    private final FollowBilling followBilling = new FollowBilling(
            new RequestNotice(
                    requested -> requested,
                    requested -> told.add(requested.notice()),
                    new SequentialIds(),
                    TenantClocks.allAt(new MutableClock())),
            plans);

    @BeforeEach
    void put_both_prices_on_sale() {
        plans.add(new PlanVersion("team", 1, TEAM, PlanSource.API, BOUGHT));
        plans.add(new PlanVersion("team", 2, DEARER, PlanSource.API, BOUGHT));
    }

    @Test
    void end_is_told_when_it_is_scheduled_and_has_the_same_subject_when_it_comes() {
        Subscription.Change scheduled = running().cancelScheduled(BOUGHT);
        Subscription.Change ended = scheduled.subscription().canceled(MONTH_END);

        follow(scheduled);
        follow(ended);

        assertThat(told)
                .hasSize(2)
                .allSatisfy(notice -> assertThat(notice.data()).isEqualTo(new NoticeData.Canceled("팀", MONTH_END)));
        assertThat(told.stream().map(Notice::subject).distinct()).hasSize(1);
    }

    @Test
    void end_at_once_is_told_as_of_now() {
        Instant now = Instant.parse("2026-02-10T00:00:00Z");

        follow(running().canceled(now));

        assertThat(told)
                .singleElement()
                .satisfies(notice -> assertThat(notice.data()).isEqualTo(new NoticeData.Canceled("팀", now)));
    }

    @Test
    void other_price_is_told_with_the_first_period_that_has_it() {
        Instant from = Instant.parse("2026-03-02T03:00:00Z");

        follow(running().changeScheduled(new Terms("team", 2, 1), from, BOUGHT));

        assertThat(told).singleElement().satisfies(notice -> {
            assertThat(notice.data())
                    .isEqualTo(new NoticeData.PriceChange(
                            "팀", Money.ofWon(29_000), Money.ofWon(33_000), Instant.parse("2026-03-31T03:00:00Z")));
            assertThat(notice.tenant()).isEqualTo(TENANT);
        });
    }

    @Test
    void change_that_the_tenant_asked_for_is_no_news_to_it() {
        follow(running().changeScheduled(new Terms("team", 2, 1), null, BOUGHT));
        follow(running().cancelScheduled(BOUGHT).subscription().cancelUndone(BOUGHT));

        assertThat(told).isEmpty();
    }

    private void follow(Subscription.Change change) {
        followBilling.subscriptions(
                List.of(new SubscriptionFact(change.subscription(), Objects.requireNonNull(change.event()))));
    }

    private static Subscription running() {
        return Subscription.started(
                        new SubscriptionId(SequentialIds.id(1)),
                        new Purchase("p1", "ord_p1", TENANT, "team", 1L, TEAM.price(), false, BOUGHT),
                        TEAM,
                        1)
                .subscription();
    }
}
