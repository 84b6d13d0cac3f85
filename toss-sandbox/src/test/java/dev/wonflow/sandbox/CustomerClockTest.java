package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CustomerClockTest {

    private static final String ACME = "cus_acme";
    private static final String GLOBEX = "cus_globex";
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void charges_of_a_customer_who_is_ahead_are_dated_by_its_time_and_all_others_by_the_sandbox_s() {
        try (RunningSandbox sandbox = RunningSandbox.start()) {
            move(sandbox, ACME, "P45D");

            Instant ahead = approvedAt(charge(sandbox, ACME, issued(sandbox, ACME), orderId));
            Instant usual = approvedAt(charge(sandbox, GLOBEX, issued(sandbox, GLOBEX), "other-" + orderId));

            assertThat(ahead)
                    .isBetween(
                            sandbox.now().plus(Duration.ofDays(45)).minus(A_MINUTE),
                            sandbox.now().plus(Duration.ofDays(45)));
            assertThat(usual).isBetween(sandbox.now().minus(A_MINUTE), sandbox.now());
        }
    }

    @Test
    void charge_stands_in_the_list_of_transactions_on_the_day_of_its_customer_and_so_does_its_cancel() {
        try (RunningSandbox sandbox = RunningSandbox.start()) {
            move(sandbox, ACME, "P45D");
            String paymentKey =
                    charge(sandbox, ACME, issued(sandbox, ACME), orderId).text("paymentKey");
            move(sandbox, ACME, "P50D");
            Answer canceled = sandbox.post("/v1/payments/" + paymentKey + "/cancel", "{\"cancelReason\": \"구독 해지\"}");

            Instant canceledAt = instant(canceled.json().at("/cancels/0/canceledAt"));
            assertThat(canceledAt)
                    .isBetween(
                            sandbox.now().plus(Duration.ofDays(50)).minus(A_MINUTE),
                            sandbox.now().plus(Duration.ofDays(50)));
            String from = sandbox.now().plus(Duration.ofDays(44)).toString().substring(0, 10);
            assertThat(sandbox.get("/v1/transactions?startDate=" + from + "&endDate=2100-01-01")
                            .json())
                    .extracting(transaction -> transaction.path("status").asString())
                    .containsExactly("DONE", "CANCELED");
        }
    }

    @Test
    void cancel_in_progress_takes_as_long_as_any_other_and_is_dated_by_the_time_of_its_customer() {
        try (RunningSandbox sandbox = RunningSandbox.start()) {
            move(sandbox, ACME, "P45D");
            String paymentKey =
                    charge(sandbox, ACME, issued(sandbox, ACME), orderId).text("paymentKey");
            sandbox.post("/control/faults", "{\"kind\": \"CANCEL_IN_PROGRESS\", \"orderId\": \"" + orderId + "\"}");
            JsonNode asked = sandbox.post(
                            "/v1/payments/" + paymentKey + "/cancel",
                            "{\"cancelReason\": \"구독 해지\", \"cancelAmount\": 3000}")
                    .json();
            assertThat(asked.at("/cancels/0/cancelStatus").asString()).isEqualTo("IN_PROGRESS");

            sandbox.advance("PT1M");

            JsonNode ended = sandbox.payment(paymentKey).json().at("/cancels/0");
            assertThat(ended.path("cancelStatus").asString()).isEqualTo("DONE");
            assertThat(instant(ended.path("canceledAt")))
                    .isAfterOrEqualTo(instant(asked.at("/cancels/0/canceledAt")))
                    .isBetween(
                            sandbox.now().plus(Duration.ofDays(45)).minus(A_MINUTE),
                            sandbox.now().plus(Duration.ofDays(45)));
        }
    }

    @Test
    void card_expires_on_the_time_of_its_customer() {
        try (RunningSandbox sandbox = RunningSandbox.start()) {
            String billingKey = issued(sandbox, ACME);
            move(sandbox, ACME, "P3650D");

            assertThat(charge(sandbox, ACME, billingKey, orderId).text("code")).isEqualTo("INVALID_CARD_EXPIRATION");
        }
    }

    @Test
    void payment_at_a_window_has_the_time_of_all() {
        try (RunningSandbox sandbox = RunningSandbox.start()) {
            move(sandbox, ACME, "P45D");
            String paymentKey = sandbox.authenticated(orderId);

            assertThat(approvedAt(sandbox.confirm(paymentKey, orderId)))
                    .isBetween(sandbox.now().minus(A_MINUTE), sandbox.now());
        }
    }

    @Test
    void time_of_a_customer_is_read_set_twice_and_given_back() {
        try (RunningSandbox sandbox = RunningSandbox.start()) {
            assertThat(sandbox.get("/control/customers/" + ACME + "/clock").text("ahead"))
                    .isEqualTo("PT0S");
            move(sandbox, ACME, "P45D");
            move(sandbox, ACME, "P45D");
            assertThat(sandbox.get("/control/customers/" + ACME + "/clock").text("ahead"))
                    .isEqualTo("PT1080H");
            assertThat(sandbox.get("/control/customers/" + GLOBEX + "/clock").text("ahead"))
                    .isEqualTo("PT0S");

            move(sandbox, ACME, "PT0S");

            assertThat(sandbox.get("/control/customers/" + ACME + "/clock").text("ahead"))
                    .isEqualTo("PT0S");
        }
    }

    @Test
    void reset_puts_the_times_of_customers_back() {
        try (RunningSandbox sandbox = RunningSandbox.start()) {
            move(sandbox, ACME, "P45D");
            String snapshot = sandbox.post("/control/snapshots", "{}").text("id");
            move(sandbox, ACME, "P90D");
            move(sandbox, GLOBEX, "P1D");

            sandbox.post("/control/snapshots/" + snapshot + "/reset", "{}");

            assertThat(sandbox.get("/control/customers/" + ACME + "/clock").text("ahead"))
                    .isEqualTo("PT1080H");
            assertThat(sandbox.get("/control/customers/" + GLOBEX + "/clock").text("ahead"))
                    .isEqualTo("PT0S");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ahead\": \"PT-1S\"}  | ahead: PT-1S (expected: PT0S to PT87840H)",
                "{\"ahead\": \"P3661D\"} | ahead: PT87864H (expected: PT0S to PT87840H)",
                "{}                      | ahead: missing (expected: a duration such as P45D)"
            })
    void time_no_customer_can_have_is_refused(String body, String why) {
        Answer refused = RunningSandbox.shared().post("/control/customers/" + ACME + "/clock", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("message")).isEqualTo(why);
    }

    private static void move(RunningSandbox sandbox, String customer, String ahead) {
        Answer moved = sandbox.post("/control/customers/" + customer + "/clock", "{\"ahead\": \"" + ahead + "\"}");
        assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    }

    private static String issued(RunningSandbox sandbox, String customer) {
        String authKey = sandbox.post("/control/billing/authorizations", "{\"customerKey\": \"" + customer + "\"}")
                .text("authKey");
        return sandbox.post(
                        "/v1/billing/authorizations/issue",
                        "{\"authKey\": \"" + authKey + "\", \"customerKey\": \"" + customer + "\"}")
                .text("billingKey");
    }

    private static Answer charge(RunningSandbox sandbox, String customer, String billingKey, String orderId) {
        return sandbox.post("/v1/billing/" + billingKey, """
            {"amount": 9900, "customerKey": "%s", "orderId": "%s", "orderName": "정기 구독 3월"}
            """.formatted(customer, orderId));
    }

    private static Instant approvedAt(Answer payment) {
        assertThat(payment.status()).as(payment.body()).isEqualTo(200);
        return instant(payment.json().path("approvedAt"));
    }

    private static Instant instant(JsonNode time) {
        return OffsetDateTime.parse(time.asString()).toInstant();
    }
}
