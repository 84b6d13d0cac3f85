package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WithPaymentService
class RetentionIT {

    private final Driver driver;
    private final JdbcClient jdbc;

    @Autowired
    RetentionIT(Driver driver, JdbcClient jdbc) {
        this.driver = driver;
        this.jdbc = jdbc;
    }

    @Test
    void webhooks_are_forgotten_by_age_once_they_are_answered_and_what_is_open_or_young_stays() {
        OrderId order = driver.aPlacedOrder();
        for (int i = 0; i < 7; i++) {
            webhook(order, "forgotten", "NO_CHANGE", 91);
            stray(order, "forgotten", 15);
        }
        webhook(order, "young", "NO_CHANGE", 89);
        webhook(order, "open", null, 1_000);
        stray(order, "young_stray", 13);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(claims(order)).containsExactly("open", "young", "young_stray"));
    }

    @Test
    void status_checks_that_were_answered_long_ago_are_forgotten_and_open_ones_never() {
        OrderId answered = driver.aPlacedOrder();
        OrderId justAnswered = driver.aPlacedOrder();
        OrderId open = driver.aPlacedOrder();
        check(answered, 61);
        check(justAnswered, 50);
        check(open, 10_000);
        jdbc.sql("INSERT INTO work (kind, id, key, due_at) SELECT 'status-check.hinted', id, id, now() + interval '1 h'"
                        + " FROM payment WHERE order_id = ?")
                .param(open.value())
                .update();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(statusChecks(answered)).isZero());
        assertThat(statusChecks(justAnswered)).isOne();
        assertThat(statusChecks(open)).isOne();
    }

    private void webhook(OrderId order, String status, @Nullable String outcome, int daysAgo) {
        jdbc.sql("INSERT INTO toss_webhook (id, received_at, shape, grade, order_id, status, payment_id, outcome,"
                        + " handled_at) SELECT gen_random_uuid(), now(), 'CLASSIC', 'UNVERIFIED', order_id, :status, id,"
                        + " :outcome, CASE WHEN :outcome::text IS NOT NULL THEN now() - make_interval(days => :days) END"
                        + " FROM payment WHERE order_id = :order")
                .param("status", status)
                .param("outcome", outcome)
                .param("days", daysAgo)
                .param("order", order.value())
                .update();
    }

    private void stray(OrderId order, String status, int daysAgo) {
        jdbc.sql("INSERT INTO toss_webhook (id, received_at, shape, grade, order_id, status, outcome, handled_at)"
                        + " VALUES (gen_random_uuid(), now(), 'CLASSIC', 'UNVERIFIED', :order, :status,"
                        + " 'UNKNOWN_PAYMENT', now() - make_interval(days => :days))")
                .param("status", status)
                .param("days", daysAgo)
                .param("order", order.value())
                .update();
    }

    private void check(OrderId order, int minutesAgo) {
        jdbc.sql("INSERT INTO status_check (payment_id, asked_at) SELECT id, now() - make_interval(mins => :minutes)"
                        + " FROM payment WHERE order_id = :order")
                .param("minutes", minutesAgo)
                .param("order", order.value())
                .update();
    }

    private List<String> claims(OrderId order) {
        return driver.texts("SELECT status FROM toss_webhook_all WHERE order_id = ? ORDER BY status", order);
    }

    private long statusChecks(OrderId order) {
        return jdbc.sql("SELECT count(*) FROM status_check JOIN payment ON id = payment_id WHERE order_id = ?")
                .param(order.value())
                .query(Long.class)
                .single();
    }
}
