package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.payment.statuscheck.Interleavings;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WithPaymentService
class WebhooksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int AT_ONCE = 8;
    private static final String CANCEL_CHANGED = "CANCEL_STATUS_CHANGED";

    private final Driver driver;
    private final TossStub toss;
    private final JdbcClient jdbc;

    @Autowired
    WebhooksIT(Driver driver, TossStub toss, JdbcClient jdbc) {
        this.driver = driver;
        this.toss = toss;
        this.jdbc = jdbc;
    }

    @Test
    @Tag("F6")
    void forged_webhook_moves_no_money() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);

        driver.sendWebhook(order, key, "DONE");

        awaitWebhooks(order, "NO_CHANGE");
        assertThat(driver.status(order)).isEqualTo("REQUESTED");
        assertThat(grades(order)).containsExactly("UNVERIFIED");
    }

    @Test
    @Tag("F6")
    void flood_about_strangers_never_reaches_toss() {
        int before = toss.calls().size();
        OrderId stranger = driver.anOrderId();

        for (int i = 0; i < 50; i++) {
            driver.sendWebhook(stranger, new PaymentKey("forged" + i), "DONE");
        }

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(driver.webhooks(stranger)).hasSize(50).containsOnly("UNKNOWN_PAYMENT"));
        assertThat(toss.calls()).hasSize(before);
    }

    @Test
    @Tag("F5")
    void deposit_is_told_by_the_flat_shape_and_taken_back_by_it() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = anAccountOf(order);

        deposit(key);
        driver.sendWebhook(order, "FLAT", flat(order, "DONE"));
        driver.awaitStatus(order, "PAID");

        toss.change(key, payment -> payment.put("status", "WAITING_FOR_DEPOSIT").putNull("approvedAt"));
        driver.sendWebhook(order, "FLAT", flat(order, "WAITING_FOR_DEPOSIT"));
        driver.awaitStatus(order, "WAITING_FOR_DEPOSIT");

        awaitWebhooks(order, "APPLIED", "APPLIED");
        assertThat(driver.published(order))
                .containsExactly(
                        "payment.requested.v1",
                        "payment.waiting-for-deposit.v1",
                        "payment.paid.v1",
                        "payment.reversed.v1");
        assertThat(grades(order)).containsOnly("FETCHED_BACK");
        assertThat(driver.texts("""
                SELECT entry.kind || ' ' || posting.account || ' ' || posting.amount_won FROM ledger_posting posting
                JOIN ledger_entry entry ON entry.id = entry_id JOIN payment ON payment.id = entry.payment_id
                WHERE order_id = ? AND posting.account = 'PG_RECEIVABLE' ORDER BY entry.payment_version
                """, order))
                .containsExactly("CAPTURED PG_RECEIVABLE 33000", "REVERSED PG_RECEIVABLE -33000");
    }

    @Test
    @Tag("F3")
    void deposit_told_by_webhooks_of_both_kinds_is_paid_once() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = anAccountOf(order);
        deposit(key);

        driver.sendWebhook(order, "FLAT", flat(order, "DONE"));
        driver.sendWebhook(order, key, "DONE");

        driver.awaitStatus(order, "PAID");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(driver.webhooks(order)).hasSize(2).doesNotContain("PENDING"));
        assertThat(driver.published(order))
                .containsExactly("payment.requested.v1", "payment.waiting-for-deposit.v1", "payment.paid.v1");
        assertThat(toss.confirms(order)).hasSize(1);
    }

    /**
     * Webhooks of one payment as they are recorded, how the payment stands at Toss when they come, and what the service
     * says in the end. Each set can come in 120 orders.
     */
    enum Recorded {
        /**
         * Toss has said DONE and ABORTED of one payment within 46 ms, and tells of a deposit by two kinds of webhooks.
         */
        DEPOSIT_THAT_IS_CONTRADICTED,
        DEPOSIT_THAT_IS_REVERSED,
        DEPOSIT_THAT_GOES_BACK,
        CARD_CANCELLED_IN_PARTS;

        private static final int ORDERS = 120;

        private boolean isOfAnAccount() {
            return this != CARD_CANCELLED_IN_PARTS;
        }

        private List<String> webhooks() {
            return switch (this) {
                case DEPOSIT_THAT_IS_CONTRADICTED ->
                    List.of("flat WAITING_FOR_DEPOSIT", "flat DONE", "DONE", "ABORTED", "flat CANCELED");
                case DEPOSIT_THAT_IS_REVERSED ->
                    List.of("flat DONE", "DONE", "flat WAITING_FOR_DEPOSIT", "WAITING_FOR_DEPOSIT", CANCEL_CHANGED);
                case DEPOSIT_THAT_GOES_BACK ->
                    List.of("flat DONE", "DONE", "flat CANCELED", "CANCELED", CANCEL_CHANGED);
                case CARD_CANCELLED_IN_PARTS ->
                    List.of("IN_PROGRESS", "DONE", "PARTIAL_CANCELED", "CANCELED", CANCEL_CHANGED);
            };
        }

        private String end() {
            return switch (this) {
                case DEPOSIT_THAT_IS_CONTRADICTED -> "PAID";
                case DEPOSIT_THAT_IS_REVERSED -> "WAITING_FOR_DEPOSIT";
                case DEPOSIT_THAT_GOES_BACK, CARD_CANCELLED_IN_PARTS -> "REFUNDED";
            };
        }

        /** In the order they are published in, after the request. */
        private List<String> events() {
            return switch (this) {
                case DEPOSIT_THAT_IS_CONTRADICTED -> List.of("payment.waiting-for-deposit.v1", "payment.paid.v1");
                case DEPOSIT_THAT_IS_REVERSED ->
                    List.of("payment.waiting-for-deposit.v1", "payment.paid.v1", "payment.reversed.v1");
                case DEPOSIT_THAT_GOES_BACK ->
                    List.of("payment.waiting-for-deposit.v1", "payment.paid.v1", "payment.refunded.v1");
                case CARD_CANCELLED_IN_PARTS ->
                    List.of("payment.paid.v1", "payment.partially-refunded.v1", "payment.refunded.v1");
            };
        }
    }

    @ParameterizedTest
    @Tag("F4")
    @EnumSource
    void webhooks_end_as_toss_says_in_every_order_they_can_come_in(Recorded recorded) {
        List<List<String>> permutations = Interleavings.of(recorded.webhooks(), (_, _) -> false);
        assertThat(permutations).hasSize(Recorded.ORDERS);
        Map<OrderId, PaymentKey> keys = new LinkedHashMap<>();
        try (ExecutorService buyers = Executors.newFixedThreadPool(AT_ONCE)) {
            driver.placedOrders(Recorded.ORDERS).stream()
                    .map(order -> CompletableFuture.supplyAsync(() -> opened(recorded, order), buyers))
                    .toList()
                    .forEach(opened ->
                            keys.put(opened.join().order(), opened.join().key()));
        }
        happens(recorded, keys);
        long before = kept();
        Map<OrderId, List<String>> sent = new LinkedHashMap<>();
        keys.forEach((order, key) -> {
            List<String> webhooks = permutations.get(sent.size());
            webhooks.forEach(webhook -> send(order, key, webhook));
            sent.put(order, webhooks);
        });

        await().atMost(PATIENCE)
                .until(() -> kept()
                        == before + (long) Recorded.ORDERS * recorded.webhooks().size());
        sent.forEach((order, webhooks) -> {
            awaitAnswers(order);
            assertThat(driver.status(order)).as("after %s", webhooks).isEqualTo(recorded.end());
            assertThat(driver.published(order))
                    .as("after %s", webhooks)
                    .startsWith("payment.requested.v1")
                    .endsWith(recorded.events().toArray(String[]::new))
                    .hasSize(1 + recorded.events().size());
        });
    }

    private record Opened(OrderId order, PaymentKey key) {}

    private Opened opened(Recorded recorded, OrderId order) {
        return new Opened(order, recorded.isOfAnAccount() ? anAccountOf(order) : aPaidCard(order));
    }

    /** All of it has happened at Toss before any of the webhooks comes; a deposit that ends is known before. */
    private void happens(Recorded recorded, Map<OrderId, PaymentKey> keys) {
        if (recorded.isOfAnAccount()) {
            keys.values().forEach(this::deposit);
        }
        switch (recorded) {
            case DEPOSIT_THAT_IS_CONTRADICTED -> {}
            case DEPOSIT_THAT_IS_REVERSED -> {
                awaitDeposits(keys.keySet());
                keys.values()
                        .forEach(key -> toss.change(
                                key,
                                payment -> payment.put("status", "WAITING_FOR_DEPOSIT")
                                        .putNull("approvedAt")));
            }
            case DEPOSIT_THAT_GOES_BACK -> {
                awaitDeposits(keys.keySet());
                keys.values().forEach(key -> toss.cancelInConsole(key, Driver.AMOUNT));
            }
            case CARD_CANCELLED_IN_PARTS -> {
                keys.values().forEach(key -> toss.cancelInConsole(key, 13_000));
                keys.values().forEach(key -> toss.cancelInConsole(key, 20_000));
            }
        }
    }

    private void awaitDeposits(Set<OrderId> orders) {
        orders.forEach(order -> driver.sendWebhook(order, "FLAT", flat(order, "DONE")));
        orders.forEach(order -> {
            driver.awaitStatus(order, "PAID");
            awaitAnswers(order);
        });
    }

    /** Looks at once: of many, most are answered by the time the first one is. */
    private void awaitAnswers(OrderId order) {
        await().alias("webhooks of " + order)
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(driver.webhooks(order)).doesNotContain("PENDING"));
    }

    private PaymentKey aPaidCard(OrderId order) {
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        assertThat(driver.confirm(order, key).status()).isEqualTo(200);
        return key;
    }

    private void send(OrderId order, PaymentKey key, String webhook) {
        if (webhook.equals(CANCEL_CHANGED)) {
            driver.sendWebhook(order, "CLASSIC", """
                {"eventType":"CANCEL_STATUS_CHANGED","createdAt":"2026-03-02T09:00:00.1",
                 "data":{"cancelAmount":33000,"cancelReason":"고객 변심","canceledAt":"2026-03-02T09:00:00+09:00",
                         "transactionKey":"T%s","cancelStatus":"ABORTED","cancelRequestId":null}}
                """.formatted(order.value().hashCode()));
        } else if (webhook.startsWith("flat ")) {
            driver.sendWebhook(order, "FLAT", flat(order, webhook.substring("flat ".length())));
        } else {
            driver.sendWebhook(order, key, webhook);
        }
    }

    /** A virtual account for the order, which nobody has paid into yet. */
    private PaymentKey anAccountOf(OrderId order) {
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.change(key, payment -> payment.put("status", "WAITING_FOR_DEPOSIT").put("secret", "ps_of_the_account"));
        assertThat(driver.confirm(order, key).text("status")).isEqualTo("waiting_for_deposit");
        return key;
    }

    private void deposit(PaymentKey key) {
        toss.change(key, payment -> payment.put("status", "DONE").put("approvedAt", "2026-01-05T12:40:10+09:00"));
    }

    @Test
    void event_that_a_webhook_led_to_belongs_to_its_trace() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        OrderId order = driver.aPlacedOrder();
        deposit(anAccountOf(order));

        driver.sendTracedWebhook(order, "FLAT", flat(order, "DONE"), trace);

        driver.awaitStatus(order, "PAID");
        assertThat(driver.texts(
                        "SELECT coalesce(traceparent, 'none') FROM outbox WHERE aggregateid = ? ORDER BY sequence",
                        order))
                .containsExactly("none", "none", trace);
    }

    @Test
    void webhook_with_the_payments_secret_is_told_apart() {
        OrderId order = driver.aPlacedOrder();
        WebhookSecret secret = secretOf(order);

        driver.sendPrintedWebhook(order, "FLAT", flat(order, "secretPrint", secret.print()));
        driver.sendPrintedWebhook(order, "CLASSIC", """
            {"eventType":"PAYMENT_STATUS_CHANGED","data":{"orderId":"%s","status":"DONE","secretPrint":"%s"}}
            """.formatted(order, secret.print()));
        driver.sendPrintedWebhook(order, "FLAT", flat(order, "secretPrint", new WebhookSecret("ps_other").print()));

        awaitWebhooks(order, "ALREADY_KNOWN", "ALREADY_KNOWN", "ALREADY_KNOWN");
        assertThat(grades(order)).containsExactly("SECRET_MATCHED", "SECRET_MATCHED", "UNVERIFIED");
    }

    @Test
    void secret_of_an_ingest_that_makes_no_prints_counts_and_a_print_does_not() {
        OrderId order = driver.aPlacedOrder();
        WebhookSecret secret = secretOf(order);

        driver.sendWebhook(order, "FLAT", flat(order, "secret", secret.value()));
        driver.sendWebhook(order, "FLAT", flat(order, "secretPrint", secret.print()));

        awaitWebhooks(order, "ALREADY_KNOWN", "ALREADY_KNOWN");
        assertThat(grades(order)).containsExactly("SECRET_MATCHED", "UNVERIFIED");
        assertThat(driver.texts("SELECT coalesce(secret, 'none') FROM payment WHERE order_id = ?", order))
                .containsExactly("none");
    }

    /** Pays the order, and answers what Toss puts into its webhooks about it. */
    private WebhookSecret secretOf(OrderId order) {
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        driver.confirm(order, key);
        return TossStub.secretOf(key);
    }

    @Test
    void money_for_a_canceled_payment_is_paid_and_an_incident() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        driver.post(
                "/api/payments/toss/fail", "{\"orderId\":\"%s\",\"code\":\"PAY_PROCESS_CANCELED\"}".formatted(order));
        toss.change(key, payment -> payment.put("status", "DONE").put("approvedAt", "2026-01-05T12:40:10+09:00"));

        driver.sendWebhook(order, key, "DONE");

        awaitWebhooks(order, "INCIDENT");
        assertThat(driver.status(order)).isEqualTo("PAID");
        assertThat(driver.incidents(order)).containsExactly("CHARGED_AFTER_END");
    }

    @Test
    @Tag("F6")
    void answer_of_another_order_is_never_taken_for_payment() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.next(
                order,
                new TossStub.Fault.Bent(
                        payment -> payment.put("totalAmount", 100).put("balanceAmount", 100)));

        assertThat(driver.confirm(order, key).status()).isEqualTo(202);

        driver.awaitStatus(order, "PAID");
        assertThat(driver.incidents(order)).containsExactly("ANSWER_CONTRADICTS");
    }

    @Test
    void flood_about_one_payment_is_answered_to_the_last_webhook_with_few_questions() {
        OrderId order = driver.aPlacedOrder();
        jdbc.sql("INSERT INTO toss_webhook (id, received_at, shape, grade, order_id, status, payment_id)"
                        + " SELECT gen_random_uuid(), now(), 'CLASSIC', 'UNVERIFIED', order_id, 'DONE', id"
                        + " FROM payment, generate_series(1, 2500) WHERE order_id = ?")
                .param(order.value())
                .update();
        jdbc.sql("WITH counted AS (INSERT INTO status_check (payment_id, hints)"
                        + " SELECT id, 2500 FROM payment WHERE order_id = ? RETURNING payment_id)"
                        + " INSERT INTO work (kind, id, key, due_at)"
                        + " SELECT 'status-check.hinted', payment_id, payment_id, now() FROM counted")
                .param(order.value())
                .update();

        // Each of them is answered by a commit of its own.
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(driver.webhooks(order)).hasSize(2_500).containsOnly("NO_CHANGE"));
        assertThat(toss.calls(order)).hasSize(3);
    }

    @Test
    void every_sample_is_kept_whatever_it_is() {
        OrderId order = driver.anOrderId();
        long before = kept();
        List<String> bodies = ContractSamples.of("toss.webhook-received.v1").stream()
                .map(sample -> sample.json())
                .toList();

        for (String body : bodies) {
            for (String shape : List.of("CLASSIC", "FLAT", "ENTITY", "UNKNOWN")) {
                driver.sendWebhook(order, shape, body);
            }
        }
        driver.sendWebhook(order, "CLASSIC", "not JSON at all");
        driver.sendWebhook(order, "CLASSIC", "{\"eventType\":\"A\\u0000B\",\"data\":{\"orderId\":\"\\u0000\"}}");

        await().atMost(PATIENCE).until(() -> kept() == before + bodies.size() * 4L + 2);
    }

    @Test
    @Tag("F8")
    void crash_between_claim_and_answer_is_repaired() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.status(key, "DONE");
        toss.change(key, payment -> payment.put("approvedAt", "2026-01-05T12:00:32+09:00"));
        // What a killed process leaves: a claimed payment, its attempt, and the date by which it is missed.
        jdbc.sql("UPDATE payment SET status = 'CONFIRMING', payment_key = ?, version = version + 1,"
                        + " changed_at = now() - interval '2 minutes' WHERE order_id = ?")
                .params(key.value(), order.value())
                .update();
        jdbc.sql("INSERT INTO payment_attempt SELECT ?, id, order_id, amount_won, ?, changed_at FROM payment"
                        + " WHERE order_id = ?")
                .params(key.value(), order + ":" + key, order.value())
                .update();
        jdbc.sql("INSERT INTO work (kind, id, key, due_at) SELECT 'status-check.required', id, id, now() FROM payment"
                        + " WHERE order_id = ?")
                .params(order.value())
                .update();

        driver.awaitStatus(order, "PAID");
        assertThat(driver.published(order)).containsExactly("payment.requested.v1", "payment.paid.v1");
    }

    private void awaitWebhooks(OrderId order, String... outcomes) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(driver.webhooks(order)).containsExactly(outcomes));
    }

    private List<String> grades(OrderId order) {
        return driver.texts("SELECT grade FROM toss_webhook_all WHERE order_id = ? ORDER BY grade", order);
    }

    private long kept() {
        return jdbc.sql("SELECT count(*) FROM toss_webhook_all")
                .query(Long.class)
                .single();
    }

    private static String flat(OrderId order, String status) {
        return """
            {"createdAt":"2026-01-05T12:40:10.55012","secret":"ps_made_up","status":"%s","transactionKey":"77AD",
             "orderId":"%s"}
            """.formatted(status, order);
    }

    private static String flat(OrderId order, String member, String value) {
        return """
            {"createdAt":"2026-01-05T12:40:10.55012","%s":"%s","status":"DONE","transactionKey":"T","orderId":"%s"}
            """.formatted(member, value, order);
    }
}
