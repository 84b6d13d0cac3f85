package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Cancels of overseas easy pay, which take their time and can come to nothing. */
class OverseasCancelTest {

    private static final String ASSUMED = "wonflow.sandbox.assumptions.";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final OverseasTill till = new OverseasTill(sandbox);
    private final Till shop = new Till(sandbox);
    private final String orderId = RunningSandbox.newOrderId();

    @TempDir
    private Path folder;

    @Test
    void a_cancel_is_in_progress_at_first_and_its_money_cannot_be_given_back_again() {
        String paymentKey = till.done(orderId, "10.5");

        JsonNode asked = shop.cancelBecause(
                        paymentKey,
                        "\"cancelAmount\": 4.25",
                        "\"refundableAmount\": 10.5",
                        "\"currency\": \"USD\"",
                        "\"cancelRequestId\": \"cancel-000042\"")
                .json();

        assertThat(asked.path("status").asString()).isEqualTo("DONE");
        assertThat(asked.path("balanceAmount").toString()).isEqualTo("6.25");
        JsonNode cancel = asked.at("/cancels/0");
        assertThat(cancel.path("cancelStatus").asString()).isEqualTo("IN_PROGRESS");
        assertThat(cancel.path("cancelRequestId").asString()).isEqualTo("cancel-000042");
        assertThat(cancel.path("cancelAmount").toString()).isEqualTo("4.25");
        assertThat(cancel.path("refundableAmount").toString()).isEqualTo("6.25");
        assertThat(asked.path("lastTransactionKey").asString())
                .isNotEqualTo(cancel.path("transactionKey").asString());
        assertThat(shop.cancelBecause(paymentKey, "\"cancelAmount\": 6.26").text("code"))
                .isEqualTo("NOT_CANCELABLE_AMOUNT");
        assertThat(events()).containsExactly("PAYMENT_STATUS_CHANGED DONE");
        assertThat(OverseasTest.transactionsOf(sandbox, orderId)).hasSize(1);
    }

    @Test
    void one_in_won_is_in_progress_at_first_on_demand_and_ends_in_its_time() {
        String paymentKey = shop.done(orderId, 10_000);
        sandbox.post("/control/faults", "{\"kind\": \"CANCEL_IN_PROGRESS\", \"orderId\": \"" + orderId + "\"}");

        JsonNode asked =
                shop.cancelBecause(paymentKey, "\"cancelAmount\": 3000").json();
        assertThat(asked.path("status").asString()).isEqualTo("DONE");
        assertThat(asked.at("/cancels/0/cancelStatus").asString()).isEqualTo("IN_PROGRESS");
        assertThat(shop.cancelBecause(paymentKey, "\"cancelAmount\": 1000")
                        .json()
                        .at("/cancels/1/cancelStatus")
                        .asString())
                .as("the next one is as usual")
                .isEqualTo("DONE");

        sandbox.advance("PT1M");

        assertThat(sandbox.payment(paymentKey)
                        .json()
                        .at("/cancels/0/cancelStatus")
                        .asString())
                .isEqualTo("DONE");
        assertThat(events()).contains("CANCEL_STATUS_CHANGED DONE");
    }

    @Test
    void after_its_time_it_is_done_and_two_webhooks_say_so() {
        String paymentKey = till.done(orderId, "10.5");
        JsonNode asked = shop.cancelBecause(paymentKey, "\"cancelRequestId\": \"cancel-000042\"")
                .json();

        sandbox.advance("PT1M");

        JsonNode payment = sandbox.payment(paymentKey).json();
        JsonNode cancel = payment.at("/cancels/0");
        assertThat(payment.path("status").asString()).isEqualTo("CANCELED");
        assertThat(cancel.path("cancelStatus").asString()).isEqualTo("DONE");
        assertThat(cancel.path("canceledAt").asString())
                .isGreaterThan(asked.at("/cancels/0/canceledAt").asString());
        assertThat(cancel.path("transactionKey")).isEqualTo(asked.at("/cancels/0/transactionKey"));
        assertThat(payment.path("lastTransactionKey")).isEqualTo(cancel.path("transactionKey"));
        assertThat(events())
                .containsExactly(
                        "PAYMENT_STATUS_CHANGED DONE", "PAYMENT_STATUS_CHANGED CANCELED", "CANCEL_STATUS_CHANGED DONE");
        assertThat(bodies().getLast().propertyNames()).containsExactly("eventType", "createdAt", "data");
        assertThat(bodies().getLast().path("data")).isEqualTo(cancel);
        assertThat(OverseasTest.transactionsOf(sandbox, orderId))
                .extracting(row -> row.path("status").asString() + " " + row.path("amount"))
                .containsExactly("DONE 10.5", "CANCELED 10.5");
        assertThat(shop.cancelBecause(paymentKey).text("code")).isEqualTo("ALREADY_CANCELED_PAYMENT");
    }

    @Test
    void one_that_is_aborted_gives_the_balance_back_and_is_announced() {
        String paymentKey = till.done(orderId, "10.5");
        shop.cancelBecause(paymentKey, "\"cancelRequestId\": \"cancel-000042\"");
        assertThat(shop.cancelBecause(paymentKey).text("code")).isEqualTo("NOT_CANCELABLE_AMOUNT");

        JsonNode aborted = end(paymentKey, "ABORTED", "").json();

        assertThat(aborted.path("status").asString()).isEqualTo("DONE");
        assertThat(aborted.path("balanceAmount").toString()).isEqualTo("10.5");
        assertThat(aborted.at("/cancels/0/cancelStatus").asString()).isEqualTo("ABORTED");
        assertThat(aborted.at("/cancels/0/refundableAmount").toString()).isEqualTo("10.5");
        assertThat(events()).containsExactly("PAYMENT_STATUS_CHANGED DONE", "CANCEL_STATUS_CHANGED ABORTED");
        assertThat(OverseasTest.transactionsOf(sandbox, orderId)).hasSize(1);

        sandbox.advance("PT1M");
        assertThat(sandbox.payment(paymentKey)
                        .json()
                        .at("/cancels/0/cancelStatus")
                        .asString())
                .isEqualTo("ABORTED");
        shop.cancelBecause(paymentKey, "\"cancelRequestId\": \"cancel-000043\"");
        assertThat(end(paymentKey, "DONE", "").text("status")).isEqualTo("CANCELED");
    }

    @Test
    void several_can_be_in_progress_and_end_in_any_order() {
        String paymentKey = till.done(orderId, "10.5");
        shop.cancelBecause(paymentKey, "\"cancelAmount\": 3");
        JsonNode both = shop.cancelBecause(paymentKey, "\"cancelAmount\": 7.5").json();
        assertThat(both.path("balanceAmount").toString()).isEqualTo("0");
        String second = both.at("/cancels/1/transactionKey").asString();

        assertThat(end(paymentKey, "DONE", ", \"transactionKey\": \"" + second + "\"")
                        .text("status"))
                .isEqualTo("PARTIAL_CANCELED");
        JsonNode after = end(paymentKey, "ABORTED", "").json();

        assertThat(after.path("status").asString()).isEqualTo("PARTIAL_CANCELED");
        assertThat(after.path("balanceAmount").toString()).isEqualTo("3");
        assertThat(after.path("vat").toString()).isEqualTo("0.27");
        assertThat(after.path("lastTransactionKey").asString()).isEqualTo(second);
        assertThat(after.at("/cancels/0/cancelStatus").asString()).isEqualTo("ABORTED");
    }

    @Test
    void the_last_of_several_ends_the_payment_if_the_sandbox_is_told_so() {
        try (RunningSandbox other =
                RunningSandbox.start("wonflow.sandbox.assumptions.canceled-by-the-last-part=true")) {
            String paymentKey = new OverseasTill(other).done(orderId, "10.5");
            Till itsShop = new Till(other);
            itsShop.cancelBecause(paymentKey, "\"cancelAmount\": 3");
            itsShop.cancelBecause(paymentKey, "\"cancelAmount\": 7.5");
            String path = "/control/payments/" + paymentKey + "/cancel-status";

            assertThat(other.post(path, "{\"status\": \"DONE\"}").text("status"))
                    .isEqualTo("PARTIAL_CANCELED");
            assertThat(other.post(path, "{\"status\": \"DONE\"}").text("status"))
                    .isEqualTo("CANCELED");
        }
    }

    @Test
    void a_fault_aborts_a_cancel_when_its_time_comes() {
        String paymentKey = till.done(orderId, "10.5");
        sandbox.post("/control/faults", "{\"kind\": \"CANCEL_ABORTED\", \"orderId\": \"" + orderId + "\"}");
        shop.cancelBecause(paymentKey);

        sandbox.advance("PT1M");

        assertThat(sandbox.payment(paymentKey)
                        .json()
                        .at("/cancels/0/cancelStatus")
                        .asString())
                .isEqualTo("ABORTED");
        shop.cancelBecause(paymentKey);
        sandbox.advance("PT1M");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("CANCELED");
    }

    @Test
    void its_webhook_can_be_contradicted_too() {
        String paymentKey = till.done(orderId, "10.5");
        sandbox.post(
                "/control/faults",
                "{\"kind\": \"WEBHOOK_CONTRADICTED\", \"eventType\": \"CANCEL_STATUS_CHANGED\", \"orderId\": \""
                        + orderId + "\"}");
        shop.cancelBecause(paymentKey);

        end(paymentKey, "DONE", "");

        assertThat(events())
                .containsSubsequence("CANCEL_STATUS_CHANGED DONE", "CANCEL_STATUS_CHANGED ABORTED")
                .hasSize(4);
        assertThat(bodies().getLast().at("/data/cancelAmount").toString()).isEqualTo("10.5");
    }

    @Test
    void only_a_cancel_in_progress_can_be_ended() {
        String paymentKey = till.done(orderId, "10.5");

        assertThat(end(paymentKey, "DONE", "").status()).isEqualTo(409);
        shop.cancelBecause(paymentKey);
        assertThat(end(paymentKey, "DONE", ", \"transactionKey\": \"another\"").status())
                .isEqualTo(409);
        Answer wrong = end(paymentKey, "IN_PROGRESS", "");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("expected: DONE or ABORTED");
        assertThat(end("nobody", "DONE", "").text("code")).isEqualTo("NOT_FOUND_PAYMENT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"short\"", "\"12345678901234567890123456789012345678901234567890123456789012345\"", "12345"})
    void a_cancel_request_id_has_6_to_64_characters(String requestId) {
        String paymentKey = till.done(orderId, "10.5");

        assertThat(shop.cancelBecause(paymentKey, "\"cancelRequestId\": " + requestId)
                        .text("code"))
                .isEqualTo("INVALID_REQUEST");
        assertThat(sandbox.payment(paymentKey).json().path("cancels").isNull()).isTrue();
    }

    @Test
    void the_same_cancel_request_id_is_taken_once() {
        String paymentKey = till.done(orderId, "10.5");
        String part = "\"cancelAmount\": 1, \"cancelRequestId\": \"cancel-000042\"";
        shop.cancelBecause(paymentKey, part);

        Answer again = shop.cancelBecause(paymentKey, part);

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text("code")).isEqualTo("DUPLICATED_REQUEST");
        end(paymentKey, "ABORTED", "");
        assertThat(shop.cancelBecause(paymentKey, part).text("code")).isEqualTo("DUPLICATED_REQUEST");
        assertThat(sandbox.payment(paymentKey).json().path("cancels")).hasSize(1);
    }

    @Test
    void a_cancel_in_another_currency_is_refused() {
        String paymentKey = till.done(orderId, "10.5");

        assertThat(shop.cancelBecause(paymentKey, "\"currency\": \"KRW\"").text("code"))
                .isEqualTo("INVALID_CURRENCY");
    }

    @Test
    void in_korea_a_cancel_request_id_is_not_looked_at() {
        String paymentKey = shop.done(orderId, 10_000);

        JsonNode cancelled =
                shop.cancelBecause(paymentKey, "\"cancelRequestId\": \"x\"").json();

        assertThat(cancelled.path("status").asString()).isEqualTo("CANCELED");
        assertThat(cancelled.at("/cancels/0/cancelStatus").asString()).isEqualTo("DONE");
        assertThat(cancelled.at("/cancels/0/cancelRequestId").isNull()).isTrue();
        assertThat(events()).doesNotContain("CANCEL_STATUS_CHANGED DONE");
    }

    @Test
    void a_payment_by_paypal_can_be_cancelled_for_180_days_and_by_alipay_later_too() {
        try (RunningSandbox own = RunningSandbox.start()) {
            OverseasTill there = new OverseasTill(own);
            Till owner = new Till(own);
            String late = there.done(orderId, "10.5");
            own.advance("PT2M");
            String inTime = there.done(RunningSandbox.newOrderId(), "10.5");
            String order = RunningSandbox.newOrderId();
            String alipay = there.openBy(order, "10.5", "USD", "ALIPAY");
            own.post("/control/payments/" + alipay + "/authenticate", "{}");
            there.confirm(alipay, order, "10.5");

            own.advance("PT" + (180 * 24 * 60 - 1) + "M");

            Answer refused = owner.cancelBecause(late);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("code")).isEqualTo("EXCEED_MAX_REFUND_DUE");
            assertThat(owner.cancelBecause(inTime).status()).isEqualTo(200);
            own.advance("P100D");
            assertThat(owner.cancelBecause(alipay).status()).isEqualTo(200);
        }
    }

    @Test
    void a_cancel_in_progress_survives_a_restart_and_a_reset() {
        String paymentKey;
        try (RunningSandbox own = kept()) {
            paymentKey = new OverseasTill(own).done(orderId, "10.5");
            new Till(own).cancelBecause(paymentKey, "\"cancelRequestId\": \"cancel-000042\"");
        }
        try (RunningSandbox own = kept()) {
            String snapshot = own.post("/control/snapshots", "").text("id");
            assertThat(own.payment(paymentKey)
                            .json()
                            .at("/cancels/0/cancelRequestId")
                            .asString())
                    .isEqualTo("cancel-000042");
            own.advance("PT1M");
            assertThat(own.payment(paymentKey).text("status")).isEqualTo("CANCELED");

            own.post("/control/snapshots/" + snapshot + "/reset", "");

            assertThat(own.payment(paymentKey)
                            .json()
                            .at("/cancels/0/cancelStatus")
                            .asString())
                    .isEqualTo("IN_PROGRESS");
            assertThat(own.payment(paymentKey).text("currency")).isEqualTo("USD");
            own.advance("PT1M");
            assertThat(own.payment(paymentKey).text("status")).isEqualTo("CANCELED");
            assertThat(OverseasTest.transactionsOf(own, orderId)).hasSize(2);
        }
    }

    private RunningSandbox kept() {
        return RunningSandbox.start("wonflow.sandbox.state-file=" + folder.resolve("state.json"));
    }

    @Test
    void turned_round_a_cancel_is_done_at_once_as_a_paypal_payment_was_seen() {
        try (RunningSandbox own = RunningSandbox.start(
                ASSUMED + "overseas-cancel-in-progress=false", ASSUMED + "cancel-request-id-once=false")) {
            String paymentKey = new OverseasTill(own).done(orderId, "726.24");
            Till owner = new Till(own);

            JsonNode payment = owner.cancelBecause(
                            paymentKey, "\"cancelAmount\": 181.56", "\"cancelRequestId\": \"cancel-000042\"")
                    .json();

            assertThat(payment.path("status").asString()).isEqualTo("PARTIAL_CANCELED");
            assertThat(payment.at("/cancels/0/cancelStatus").asString()).isEqualTo("DONE");
            assertThat(payment.at("/cancels/0/refundableAmount").toString()).isEqualTo("544.68");
            assertThat(payment.path("balanceAmount").toString()).isEqualTo("544.68");
            assertThat(payment.path("suppliedAmount").toString()).isEqualTo("495.16");
            assertThat(payment.path("vat").toString()).isEqualTo("49.52");
            assertThat(owner.cancelBecause(paymentKey, "\"cancelRequestId\": \"cancel-000042\"")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void turned_round_a_cancel_request_id_is_required_and_a_cancel_waits_for_the_control_api() {
        try (RunningSandbox own = RunningSandbox.start(
                ASSUMED + "cancel-request-id-required=true", "wonflow.sandbox.overseas.cancel-finished-after=0")) {
            String paymentKey = new OverseasTill(own).done(orderId, "10.5");
            Till owner = new Till(own);

            assertThat(owner.cancelBecause(paymentKey).text("code")).isEqualTo("INVALID_REQUEST");
            owner.cancelBecause(paymentKey, "\"cancelRequestId\": \"cancel-000042\"");
            own.advance("P30D");
            assertThat(own.payment(paymentKey)
                            .json()
                            .at("/cancels/0/cancelStatus")
                            .asString())
                    .isEqualTo("IN_PROGRESS");
        }
    }

    @Test
    void the_control_page_shows_a_cancel_in_progress_and_lets_it_end() {
        String paymentKey = till.done(orderId, "10.5");
        assertThat(sandbox.get("/payments/" + paymentKey).body())
                .contains("USD 10.50", "max=\"10.5\"", "step=\"0.01\"")
                .doesNotContain("/cancel-status");

        shop.cancelBecause(paymentKey, "\"cancelAmount\": 4");

        assertThat(sandbox.get("/payments/" + paymentKey).body())
                .contains("/control/payments/" + paymentKey + "/cancel-status", "USD 4.00 취소가 진행 중입니다.", "고객 변심");
        assertThat(sandbox.get("/?q=" + orderId).body()).contains("USD 10.50");
    }

    private Answer end(String paymentKey, String status, String more) {
        return sandbox.post(
                "/control/payments/" + paymentKey + "/cancel-status", "{\"status\": \"" + status + "\"" + more + "}");
    }

    private List<JsonNode> bodies() {
        return StreamSupport.stream(sandbox.webhooks(orderId).spliterator(), false)
                .map(webhook -> RunningSandbox.json(webhook.path("body").asString()))
                .toList();
    }

    private List<String> events() {
        return bodies().stream()
                .map(body -> body.path("eventType").asString() + " "
                        + body.path("data")
                                .path(body.path("data").has("status") ? "status" : "cancelStatus")
                                .asString())
                .toList();
    }
}
