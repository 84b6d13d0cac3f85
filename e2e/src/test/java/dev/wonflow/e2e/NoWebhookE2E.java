package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** No webhook ever comes (F7): time, sweeps and Toss's books alone bring every payment to the right state. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("F7")
class NoWebhookE2E {

    private static final long CHARGED = 29_000;

    /** Longer than any pause between two looks at a waiting account, and than a cycle of reconciliation. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(7);

    private final LonePayments payments = new LonePayments(
            "nowebhook",
            UnaryOperator.identity(),
            Map.of(),
            Map.of(
                    "WONFLOW_CLOCK_MOVABLE", "true",
                    "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,clock",
                    "WONFLOW_QUOTA_PERMINUTE", "60000",
                    "WONFLOW_STATUSCHECK_POLLINTERVAL", "200ms",
                    "WONFLOW_SWEEP_EVERY", "200ms",
                    "WONFLOW_RECONCILIATION_POLLINTERVAL", "200ms"));

    private final Topics topics = new Topics(TestServers.kafka().bootstrapServers(), List.of("payment.events"));

    @AfterAll
    void stop() {
        topics.close();
        payments.close();
    }

    @Test
    void f7_every_payment_ends_right_without_a_single_webhook() throws Exception {
        String card = confirmed("카드");
        String transfer = confirmed("계좌이체");
        String account = confirmed("가상계좌");
        String console = confirmed("카드");
        String elsewhere = payments.awaitOrder();
        String abandoned = payments.awaitOrder();
        String charge = charged();
        assertThat(statuses(card, transfer, account, console, elsewhere, abandoned))
                .containsExactly("paid", "paid", "waiting_for_deposit", "paid", "requested", "requested");

        // All of it happens at Toss, and nobody is told.
        atToss("/control/payments/" + keyOf(account) + "/deposit", Map.of());
        payments.cancelInConsole(keyOf(console));
        atToss(
                "/v1/payments/confirm",
                Map.of(
                        "paymentKey",
                        payments.authenticated(elsewhere),
                        "orderId",
                        elsewhere,
                        "amount",
                        LonePayments.AMOUNT));
        payments.moveTo(payments.now().plus(LONGEST_PAUSE));

        await("the right states")
                .atMost(LonePayments.LIMIT)
                .untilAsserted(() -> assertThat(statuses(card, transfer, account, console, elsewhere, abandoned))
                        .containsExactly("paid", "paid", "paid", "refunded", "paid", "requested"));
        await("the charge")
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.status(charge).equals("paid"));
        for (String order : List.of(card, transfer, account, elsewhere)) {
            assertThat(payments.events(order)).containsOnlyOnce("payment.paid.v1");
            assertThat(payments.moved(order)).as("moved for %s", order).contains(LonePayments.AMOUNT);
        }
        assertThat(payments.events(console)).endsWith("payment.paid.v1", "payment.refunded.v1");
        assertThat(payments.moved(charge)).containsExactly(CHARGED);
        assertThat(payments.keysOfCalls(elsewhere, "/confirm"))
                .as("confirms of %s, of which a sweep made none", elsewhere)
                .hasSize(1);
        assertThat(payments.deliveredWebhooks()).isEmpty();

        // And the books have nothing left to say.
        payments.moveTo(payments.now().plus(Duration.ofHours(2)));
        await("the end of all cases")
                .atMost(LonePayments.LIMIT)
                .untilAsserted(() -> assertThat(payments.get("/api/reconciliation/cases?limit=200")
                                .body()
                                .path("data")
                                .valueStream()
                                .filter(found -> found.path("closedAt").isNull()))
                        .as("open cases")
                        .isEmpty());
    }

    private String confirmed(String method) {
        String order = payments.awaitOrder();
        assertThat(payments.isConfirmed(order, payments.authenticated(order, method)))
                .as("confirm by %s", method)
                .isTrue();
        return order;
    }

    private String charged() {
        UUID charge = UUID.randomUUID();
        topics.publish(
                "payment.commands",
                """
                {"chargeId":"%s","tenantId":"%s","billingMethodId":"%s","orderName":"팀 요금제 1개월","amount":%d,
                 "currency":"KRW","requestedAt":"2026-01-05T03:00:00Z"}
                """.formatted(charge, ShopTokens.ACME, payments.billingMethod(), CHARGED)
                        .getBytes(StandardCharsets.UTF_8),
                Map.of("ce_id", UUID.randomUUID().toString(), "ce_type", "payment.charge-requested.v1"));
        return "chg_" + charge.toString().replace("-", "");
    }

    private void atToss(String path, Map<String, ?> body) {
        Http.Answer answer = payments.postToToss(path, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    private String keyOf(String order) {
        return payments.atToss(order).text("paymentKey");
    }

    private List<String> statuses(String... orders) {
        return List.of(orders).stream().map(payments::status).toList();
    }
}
