package dev.wonflow.subscription.subscription;

import static dev.wonflow.subscription.subscription.PurchaseFixture.BASIC_PRICE;
import static dev.wonflow.subscription.subscription.PurchaseFixture.NOON;
import static dev.wonflow.subscription.subscription.PurchaseFixture.aPurchase;
import static dev.wonflow.subscription.subscription.PurchaseFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private static final Instant A_MONTH_LATER = Instant.parse("2026-02-05T03:00:00Z");
    private static final Instant TWO_MONTHS_LATER = Instant.parse("2026-03-05T03:00:00Z");

    private final Subscription basic = started("basic", NOON);

    @Test
    void first_purchase_gives_the_plan_for_a_calendar_month() {
        Subscription.Change change = Subscription.started(
                new SubscriptionId(SequentialIds.id(1)), aPurchase("p1", "basic", NOON), plan("basic"), 3);

        assertThat(change.subscription())
                .isEqualTo(new Subscription(
                        new SubscriptionId(SequentialIds.id(1)),
                        new TenantId("tenant-1"),
                        "default",
                        new Terms("basic", 3, 1),
                        SubscriptionStatus.ACTIVE,
                        CollectionMode.PREPAID,
                        null,
                        Subscription.SEOUL,
                        NOON,
                        new Period(0, NOON, A_MONTH_LATER, BASIC_PRICE),
                        NOON,
                        null,
                        null,
                        null,
                        null,
                        null,
                        A_MONTH_LATER,
                        null,
                        false,
                        "ord_p1",
                        "p1",
                        0));
        assertThat(change.event()).isEqualTo(new SubscriptionEvent.Activated(NOON));
    }

    @Test
    void same_plan_again_goes_on_where_it_ends() {
        Instant tenDaysIn = NOON.plus(Duration.ofDays(10));

        Subscription.Change change = bought(basic, aPurchase("p2", "basic", tenDaysIn));

        assertThat(change.subscription().planExpiresAt()).isEqualTo(TWO_MONTHS_LATER);
        assertThat(change.subscription().activatedAt()).isEqualTo(NOON);
        assertThat(change.subscription().lastPaymentId()).isEqualTo("p2");
        assertThat(change.event()).isEqualTo(new SubscriptionEvent.Activated(tenDaysIn));
    }

    @Test
    void going_on_keeps_the_day_of_the_first_purchase_through_short_months() {
        Subscription since31st = started("basic", Instant.parse("2026-01-31T01:00:00Z"));

        Subscription february = since31st;
        Subscription march = bought(february, aPurchase("p2", "basic", Instant.parse("2026-02-10T01:00:00Z")))
                .subscription();
        Subscription april = bought(march, aPurchase("p3", "basic", Instant.parse("2026-02-11T01:00:00Z")))
                .subscription();

        assertThat(february.planExpiresAt()).isEqualTo("2026-02-28T01:00:00Z");
        assertThat(march.planExpiresAt()).isEqualTo("2026-03-31T01:00:00Z");
        assertThat(april.planExpiresAt()).isEqualTo("2026-04-30T01:00:00Z");
    }

    @Test
    void lapsed_plan_begins_anew_with_the_day_it_is_bought_on() {
        Instant later = Instant.parse("2026-02-20T03:00:00Z");

        Subscription again = bought(basic, aPurchase("p2", "basic", later)).subscription();

        assertThat(again.anchor()).isEqualTo(later);
        assertThat(again.activatedAt()).isEqualTo(later);
        assertThat(again.planExpiresAt()).isEqualTo("2026-03-20T03:00:00Z");
    }

    @Test
    void plan_bought_at_the_very_moment_of_its_end_leaves_no_gap() {
        Subscription again =
                bought(basic, aPurchase("p2", "basic", A_MONTH_LATER)).subscription();

        assertThat(again.planExpiresAt()).isEqualTo(TWO_MONTHS_LATER);
    }

    @Test
    void another_plan_begins_at_once() {
        Instant tenDaysIn = NOON.plus(Duration.ofDays(10));

        Subscription pro = bought(basic, aPurchase("p2", "pro", tenDaysIn)).subscription();

        assertThat(pro.plan()).isEqualTo("pro");
        assertThat(pro.anchor()).isEqualTo(tenDaysIn);
        assertThat(pro.activatedAt()).isEqualTo(tenDaysIn);
        assertThat(pro.planExpiresAt()).isEqualTo("2026-02-15T03:00:00Z");
    }

    @Test
    void older_purchase_of_another_plan_does_not_undo_the_last_choice() {
        Purchase older = aPurchase("p2", "pro", NOON.minusSeconds(1));

        assertThat(basic.supersedes(older)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bought(basic, older))
                .withMessageContaining("p2");
        assertThat(basic.supersedes(aPurchase("p2", "basic", NOON.minusSeconds(1))))
                .isFalse();
        assertThat(basic.supersedes(aPurchase("p2", "pro", NOON))).isFalse();
    }

    @Test
    void months_of_one_plan_add_up_in_whatever_order_we_hear_of_them() {
        Purchase early = aPurchase("p1", "basic", NOON);
        Purchase late = aPurchase("p2", "basic", NOON.plusSeconds(60));

        Subscription inOrder = bought(started(early), late).subscription();
        Subscription swapped = bought(started(late), early).subscription();

        assertThat(Duration.between(inOrder.planExpiresAt(), swapped.planExpiresAt()))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void active_until_the_paid_time_is_over() {
        assertThat(basic.statusAt(A_MONTH_LATER.minusNanos(1))).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(basic.statusAt(A_MONTH_LATER)).isEqualTo(SubscriptionStatus.EXPIRED);
    }

    private static Subscription started(String plan, Instant at) {
        return started(aPurchase("p1", plan, at));
    }

    private static Subscription started(Purchase purchase) {
        return Subscription.started(new SubscriptionId(SequentialIds.id(1)), purchase, plan(purchase.plan()), 1)
                .subscription();
    }

    private static Subscription.Change bought(Subscription subscription, Purchase purchase) {
        return subscription.bought(purchase, plan(purchase.plan()), 1);
    }
}
