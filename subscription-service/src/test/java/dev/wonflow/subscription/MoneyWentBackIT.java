package dev.wonflow.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.subscription.ActivatePlan;
import dev.wonflow.subscription.subscription.MoneyWentBack;
import dev.wonflow.subscription.subscription.Purchase;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.subscription.subscription.TakeBack;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.server.RealServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What is left of plans whose money went back, whatever came first. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@RealServers
class MoneyWentBackIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Instant BOUGHT = Instant.parse("2026-01-05T03:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-20T03:00:00Z");
    private static final Money PRICE = Money.ofWon(9_900);

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final ActivatePlan activatePlan;
    private final TakeBack takeBack;
    private final Subscriptions subscriptions;
    private final MutableClock clock;
    private TenantId tenant = new TenantId("tenant-" + UUID.randomUUID());

    @Autowired
    MoneyWentBackIT(
            JdbcClient jdbc,
            TransactionOperations transaction,
            ActivatePlan activatePlan,
            TakeBack takeBack,
            Subscriptions subscriptions,
            MutableClock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.activatePlan = activatePlan;
        this.takeBack = takeBack;
        this.subscriptions = subscriptions;
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

    /** Three months from 5 January on; the 20th of January is within the first. */
    @ParameterizedTest
    @CsvSource({
        "'',    2026-04-05",
        "1,     2026-03-20",
        "2,     2026-03-05",
        "3,     2026-03-05",
        "12,    2026-02-20",
        "13,    2026-02-20",
        "23,    2026-02-05",
        "123,   2026-01-20",
    })
    @Tag("F5")
    void what_is_left_does_not_depend_on_the_order_of_the_refunds(String refunds, String expires) {
        for (String order : orders(refunds)) {
            tenant = new TenantId("tenant-" + UUID.randomUUID());
            List.of("1", "2", "3").forEach(this::buys);

            order.chars().forEach(payment -> getsBack(Character.toString(payment)));

            assertThat(subscription().planExpiresAt()).as(order).isEqualTo(expires + "T03:00:00Z");
            assertThat(subscription().statusAt(NOW).name())
                    .as(order)
                    .isEqualTo(refunds.equals("123") ? "EXPIRED" : "ACTIVE");
            assertThat(access()).as(order).isEqualTo(refunds.equals("123") ? "NONE" : "FULL");
            assertThat(creditNotes()).as(order).hasSize(refunds.length());
        }
    }

    /** P1 before P2 before P3, and each before its refund: 15 ways. */
    @Test
    @Tag("F5")
    void purchases_and_refunds_in_any_order_leave_nothing_once_all_went_back() {
        List<List<String>> ways = interleavings();
        assertThat(ways).hasSize(15);
        for (List<String> way : ways) {
            tenant = new TenantId("tenant-" + UUID.randomUUID());
            clock.set(BOUGHT);

            way.forEach(step -> {
                if (step.startsWith("P")) {
                    buys(step.substring(1));
                } else {
                    getsBack(step.substring(1));
                }
            });

            assertThat(subscription().statusAt(BOUGHT).name())
                    .as(way.toString())
                    .isEqualTo("EXPIRED");
            assertThat(subscription().planExpiresAt()).as(way.toString()).isEqualTo(BOUGHT);
            assertThat(access()).as(way.toString()).isEqualTo("NONE");
            assertThat(creditNotes()).as(way.toString()).hasSize(3);
        }
    }

    @Test
    void parts_that_go_back_are_credit_notes_and_take_no_time_until_nothing_is_left() {
        buys("1");

        wentBack("1", 3_300, false);
        wentBack("1", 3_300, false);
        wentBack("1", 5_000, false);
        assertThat(subscription().planExpiresAt()).isEqualTo("2026-02-05T03:00:00Z");
        wentBack("1", 9_900, true);

        assertThat(subscription().statusAt(NOW).name()).isEqualTo("EXPIRED");
        assertThat(creditNotes()).containsExactly("3300 300", "1700 155", "4900 445");
        assertThat(jdbc.sql("""
            SELECT sum(CASE WHEN amended THEN -supply_won ELSE supply_won END) || ' '
                || sum(CASE WHEN amended THEN -vat_won ELSE vat_won END) || ' ' || count(*)
            FROM tax_invoice WHERE tenant_id = :tenant
            """)
                        .param("tenant", tenant.value())
                        .query(String.class)
                        .single())
                .isEqualTo("0 0 4");
        assertThat(notices()).containsExactlyInAnyOrder("paid", "refunded", "refunded", "refunded");
    }

    @Test
    void period_that_is_over_stays_as_it_was() {
        buys("1");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));

        getsBack("1");

        assertThat(subscription().planExpiresAt()).isEqualTo("2026-02-05T03:00:00Z");
        assertThat(creditNotes()).hasSize(1);
    }

    @Test
    void money_of_a_plan_that_another_took_the_place_of_takes_nothing_from_that() {
        buys("1");
        transaction.executeWithoutResult(_ -> activatePlan.paid(
                new Purchase(payment("2"), order("2"), tenant, "pro", null, Money.ofWon(59_000), false, NOW)));

        getsBack("1");

        assertThat(subscription().plan()).isEqualTo("pro");
        assertThat(subscription().planExpiresAt()).isEqualTo("2026-02-20T03:00:00Z");
    }

    @Test
    void plan_that_another_took_the_place_of_is_back_when_the_money_of_that_goes_back() {
        for (String order : List.of("12", "21")) {
            tenant = new TenantId("tenant-" + UUID.randomUUID());
            buys("1");
            transaction.executeWithoutResult(_ -> activatePlan.paid(
                    new Purchase(payment("2"), order("2"), tenant, "pro", null, Money.ofWon(59_000), false, NOW)));

            wentBack(order.substring(0, 1), 59_000, true);
            if (order.equals("21")) {
                assertThat(subscription().plan()).isEqualTo("basic");
                assertThat(subscription().planExpiresAt()).isEqualTo("2026-02-05T03:00:00Z");
            } else {
                assertThat(subscription().plan()).isEqualTo("pro");
            }
            wentBack(order.substring(1), 59_000, true);

            assertThat(subscription().statusAt(NOW).name()).as(order).isEqualTo("EXPIRED");
        }
    }

    @Test
    void more_of_a_plan_that_goes_back_leaves_the_plan_and_not_the_one_before_it() {
        buys("1");
        for (String payment : List.of("2", "3")) {
            transaction.executeWithoutResult(_ -> activatePlan.paid(new Purchase(
                    payment(payment), order(payment), tenant, "pro", null, Money.ofWon(59_000), false, NOW)));
        }

        wentBack("3", 59_000, true);

        assertThat(subscription().plan()).isEqualTo("pro");
        assertThat(subscription().planExpiresAt()).isEqualTo("2026-02-20T03:00:00Z");
    }

    @Test
    void refund_that_comes_before_its_charge_waits_for_it() {
        String order = "chg_" + tenant.value().replace("tenant-", "").replace("-", "");
        transaction.executeWithoutResult(
                _ -> takeBack.wentBack(new MoneyWentBack(payment("1"), order, tenant, PRICE, true, "refunded", NOW)));
        transaction.executeWithoutResult(
                _ -> activatePlan.paid(new Purchase(payment("1"), order, tenant, "basic", null, PRICE, false, BOUGHT)));
        assertThat(subscription().statusAt(NOW).name()).isEqualTo("ACTIVE");

        clock.advance(Duration.ofMinutes(1));

        await().atMost(LIMIT).until(() -> subscription().statusAt(NOW).name().equals("EXPIRED"));
        assertThat(creditNotes()).hasSize(1);
    }

    @Test
    void money_that_bought_nothing_here_changes_nothing() {
        getsBack("1");

        assertThat(subscriptions.find(tenant, Plan.DEFAULT_PRODUCT)).isEmpty();
        assertThat(creditNotes()).isEmpty();
    }

    private void buys(String payment) {
        transaction.executeWithoutResult(_ -> activatePlan.paid(
                new Purchase(payment(payment), order(payment), tenant, "basic", null, PRICE, false, BOUGHT)));
    }

    private void getsBack(String payment) {
        wentBack(payment, PRICE.won(), true);
    }

    private void wentBack(String payment, long refunded, boolean whole) {
        transaction.executeWithoutResult(_ -> takeBack.wentBack(new MoneyWentBack(
                payment(payment), order(payment), tenant, Money.ofWon(refunded), whole, "refunded", NOW)));
    }

    private String payment(String payment) {
        return tenant + "-" + payment;
    }

    private String order(String payment) {
        return "ord_" + tenant + "-" + payment;
    }

    private Subscription subscription() {
        return subscriptions.find(tenant, Plan.DEFAULT_PRODUCT).orElseThrow();
    }

    private String access() {
        return jdbc.sql("SELECT access FROM entitlement WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(String.class)
                .single();
    }

    private List<String> creditNotes() {
        return jdbc.sql("""
            SELECT amount_won || ' ' || vat_won FROM credit_note WHERE tenant_id = :tenant ORDER BY number
            """)
                .param("tenant", tenant.value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<String> notices() {
        return jdbc.sql("SELECT kind FROM notice WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** Every order of some characters. */
    private static List<String> orders(String characters) {
        if (characters.length() < 2) {
            return List.of(characters);
        }
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < characters.length(); i++) {
            String first = characters.substring(i, i + 1);
            orders(characters.substring(0, i) + characters.substring(i + 1)).forEach(rest -> orders.add(first + rest));
        }
        return orders;
    }

    private static List<List<String>> interleavings() {
        return orders("123456").stream()
                .map(order -> order.chars()
                        .mapToObj(step -> step <= '3' ? "P" + (step - '0') : "R" + (step - '3'))
                        .toList())
                .filter(MoneyWentBackIT::isPossible)
                .distinct()
                .toList();
    }

    private static boolean isPossible(List<String> way) {
        return List.of("P1 P2", "P2 P3", "P1 R1", "P2 R2", "P3 R3").stream().allMatch(pair -> {
            String[] steps = pair.split(" ", 2);
            return way.indexOf(steps[0]) < way.indexOf(steps[1]);
        });
    }
}
