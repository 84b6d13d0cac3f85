package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.payment.payment.Attempts;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.testsupport.server.EarlierSchema;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** This service on a database of the version before; CONTRIBUTING.md says when the pin moves. */
@WithPaymentService
@TestPropertySource(properties = {EarlierSchema.VERSION + "=0008", EarlierSchema.ROWS + "=upgrade/rows.sql"})
class UpgradeIT {

    private static final long AMOUNT = 33_000;

    private final Driver driver;
    private final TossStub toss;
    private final JdbcClient jdbc;
    private final Payments payments;
    private final Attempts attempts;

    @Autowired
    UpgradeIT(Driver driver, TossStub toss, JdbcClient jdbc, Payments payments, Attempts attempts) {
        this.driver = driver;
        this.toss = toss;
        this.jdbc = jdbc;
        this.payments = payments;
        this.attempts = attempts;
    }

    @ParameterizedTest
    @EnumSource(PaymentStatus.class)
    void payment_of_every_status_is_read(PaymentStatus status) {
        Payment payment = payments.findByPurchaseOrderId(order(status.text())).orElseThrow();

        assertThat(payment.purchase().planVersion()).isNull();
        PaymentKey key = payment.paymentKey();
        if (key != null) {
            assertThat(attempts.find(key).orElseThrow().paymentId()).isEqualTo(payment.id());
        }
    }

    @Test
    void payment_that_was_requested_can_be_paid() {
        OrderId order = order("requested");

        assertThat(driver.confirm(order, toss.authenticated(order, AMOUNT)).text("status"))
                .isEqualTo("paid");
    }

    @Test
    void payment_that_had_failed_can_be_tried_again() {
        OrderId order = order("failed");

        assertThat(driver.confirm(order, new PaymentKey("key-failed")).status()).isEqualTo(402);
        assertThat(driver.confirm(order, toss.authenticated(order, AMOUNT)).text("status"))
                .isEqualTo("paid");
    }

    @Test
    void payments_nobody_knew_about_are_found_out() {
        List<OrderId> undecided = List.of(order("confirming"), order("unknown"));
        toss.authenticated(new PaymentKey("key-confirming"), undecided.getFirst(), AMOUNT);
        toss.authenticated(new PaymentKey("key-unknown"), undecided.getLast(), AMOUNT);

        jdbc.sql("UPDATE work SET due_at = now() WHERE kind = 'status-check.required'")
                .update();

        undecided.forEach(order -> driver.awaitStatus(order, "PAID"));
        undecided.forEach(order -> assertThat(toss.confirms(order))
                .extracting(TossStub.Call::idempotencyKey)
                .containsOnly(order + ":key-" + (order.equals(undecided.getFirst()) ? "confirming" : "unknown")));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !driver.webhooks(undecided.getLast()).contains("PENDING"));
    }

    @Test
    void incidents_of_the_version_before_are_among_ours_and_so_is_what_it_reports_beside_this_one() {
        OrderId order = order("requested");
        assertThat(incidents(order)).containsExactly("2 amount: 100 KRW (expected: 33000 KRW)");

        jdbc.sql("UPDATE payment_incident SET times = 3, detail = 'again', last_at = now()")
                .update();

        assertThat(incidents(order)).containsExactly("3 again");
    }

    private List<String> incidents(OrderId order) {
        return driver.texts(
                "SELECT times || ' ' || detail FROM reported_incident JOIN payment ON payment.id::text = about"
                        + " WHERE order_id = ?",
                order);
    }

    @Test
    void what_the_version_before_plans_beside_this_one_is_asked_about() {
        OrderId order = order("planned_by_it");
        toss.authenticated(new PaymentKey("key-planned-by-it"), order, AMOUNT);

        jdbc.sql("INSERT INTO payment_inquiry (payment_id, required, due_at) SELECT id, true, now() FROM payment"
                        + " WHERE order_id = ?")
                .param(order.value())
                .update();

        driver.awaitStatus(order, "PAID");
    }

    @Test
    void what_the_version_before_has_found_out_is_not_asked_about_again() {
        OrderId order = order("settled_by_it");
        jdbc.sql("INSERT INTO payment_inquiry (payment_id, required, due_at)"
                        + " SELECT id, true, now() + interval '1 day' FROM payment WHERE order_id = ?")
                .param(order.value())
                .update();
        assertThat(planned(order)).containsExactly("status-check.required");

        jdbc.sql("UPDATE payment_inquiry SET required = false, due_at = NULL"
                        + " FROM payment WHERE id = payment_id AND order_id = ?")
                .param(order.value())
                .update();

        assertThat(planned(order)).isEmpty();
    }

    private List<String> planned(OrderId order) {
        return driver.texts(
                "SELECT kind FROM work JOIN payment ON payment.id::text = work.id WHERE order_id = ?", order);
    }

    @Test
    void webhook_the_version_before_took_in_beside_this_one_is_looked_into() {
        OrderId order = order("hinted_to_it");
        toss.authenticated(new PaymentKey("key-hinted-to-it"), order, AMOUNT);

        jdbc.sql("INSERT INTO payment_inquiry (payment_id, required, due_at, hints) SELECT id, false, now(), 1"
                        + " FROM payment WHERE order_id = ?")
                .param(order.value())
                .update();

        driver.awaitStatus(order, "PAID");
    }

    @Test
    void deposit_that_was_awaited_is_taken_in_when_a_webhook_tells_of_it() {
        OrderId order = order("waiting_for_deposit");
        PaymentKey key = new PaymentKey("key-waiting");
        toss.authenticated(key, order, AMOUNT);
        toss.change(key, payment -> payment.put("status", "DONE").put("approvedAt", "2026-01-05T12:00:32+09:00"));

        driver.sendWebhook(order, key, "DONE");

        driver.awaitStatus(order, "PAID");
    }

    @Test
    void secrets_kept_in_clear_are_sealed_and_go_on_telling_webhooks_apart() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(driver.texts(
                                "SELECT count(*) FROM payment WHERE secret IS NOT NULL OR order_id = ? AND NOT EXISTS"
                                        + " (SELECT FROM payment_secret WHERE payment_id = id)",
                                order("paid")))
                        .containsExactly("0"));

        driver.sendWebhook(order("paid"), "FLAT", """
            {"createdAt":"2026-01-05T12:40:10.55012","secret":"ps_paid","status":"DONE","transactionKey":"T",
             "orderId":"ord_before_paid"}
            """);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(driver.texts(
                                "SELECT grade FROM toss_webhook_all WHERE order_id = ? AND shape = 'FLAT'",
                                order("paid")))
                        .containsExactly("SECRET_MATCHED"));
    }

    @Test
    void order_that_is_cancelled_now_ends_a_payment_requested_before() {
        OrderId order = order("cheap_plan");

        driver.sendOrderEvent(order, order + "-end", "order.cancelled.v1", "{\"orderId\":\"" + order + "\"}");

        driver.awaitStatus(order, "CANCELED");
    }

    @Test
    void outbox_stays_as_the_version_before_demands_it_and_traced_messages_go_without_their_trace() {
        OrderId order = driver.anOrderId();

        driver.sendTracedOrder(order, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        driver.awaitStatus(order, "REQUESTED");
        assertThat(driver.published(order)).containsExactly("payment.requested.v1");
        assertThat(jdbc.sql("SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute"
                                + " WHERE attrelid = 'outbox'::regclass AND attnum > 0 AND NOT attisdropped")
                        .query(String.class)
                        .single())
                .isEqualTo("id aggregatetype aggregateid type sequence tenant_id occurred_at payload appended_at");
    }

    @ParameterizedTest
    @CsvSource({
        "paid, 29000, 0, 29000",
        "partially_refunded, 33000, 12000, 21000",
        "refunded, 33000, 33000, 0",
    })
    void money_that_was_taken_before_is_in_the_ledger(String name, long captured, long refunded, long balance) {
        assertThat(driver.texts(
                        "SELECT captured_won || ' - ' || refunded_won || ' = ' || ledger_position.balance_won"
                                + " FROM ledger_position JOIN payment ON payment_id = id WHERE order_id = ?",
                        order(name)))
                .containsExactly(captured + " - " + refunded + " = " + balance);
    }

    private static OrderId order(String name) {
        return new OrderId("ord_before_" + name);
    }
}
