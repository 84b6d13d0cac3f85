package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TransactionTest {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final RunningSandbox SANDBOX = RunningSandbox.startAt("2026-03-10T10:00");

    private final String orderId = RunningSandbox.newOrderId();

    @AfterAll
    static void stop() {
        SANDBOX.close();
    }

    @Test
    void an_approval_is_listed_at_once_with_all_of_its_fields() {
        String paymentKey = SANDBOX.authenticated(orderId);
        Answer payment = SANDBOX.confirm(paymentKey, orderId);

        List<JsonNode> rows = rowsOf(orderId);

        assertThat(rows).hasSize(1);
        JsonNode row = rows.getFirst();
        assertThat(row.propertyNames())
                .containsExactly(
                        "mId",
                        "transactionKey",
                        "paymentKey",
                        "orderId",
                        "method",
                        "customerKey",
                        "useEscrow",
                        "receiptUrl",
                        "status",
                        "transactionAt",
                        "currency",
                        "amount");
        assertThat(row.path("mId").asString()).isEqualTo("tvivarepublica");
        assertThat(row.path("transactionKey").asString()).isEqualTo(payment.text("lastTransactionKey"));
        assertThat(row.path("paymentKey").asString()).isEqualTo(paymentKey);
        assertThat(row.path("method").asString()).isEqualTo("카드");
        assertThat(row.path("status").asString()).isEqualTo("DONE");
        assertThat(row.path("transactionAt").asString()).isEqualTo(payment.text("approvedAt"));
        assertThat(row.path("amount").isNumber()).isTrue();
        assertThat(row.path("amount").asLong()).isEqualTo(33_000);
        assertThat(row.path("receiptUrl").asString()).contains(paymentKey);
    }

    @Test
    void a_payment_that_was_never_approved_is_not_listed() {
        SANDBOX.authenticated(orderId);

        assertThat(rowsOf(orderId)).isEmpty();
    }

    @Test
    void a_virtual_account_is_listed_with_zero_until_it_is_paid_into() {
        String paymentKey = issued();
        SANDBOX.post("/control/payments/" + paymentKey + "/deposit", "");

        assertThat(rowsOf(orderId))
                .extracting(row ->
                        row.path("status").asString() + " " + row.path("amount").asLong())
                .containsExactly("WAITING_FOR_DEPOSIT 0", "DONE 33000");
    }

    @Test
    void each_cancel_is_a_row_of_its_own_with_a_positive_amount() {
        String paymentKey = SANDBOX.authenticated(orderId);
        SANDBOX.confirm(paymentKey, orderId);
        Answer first = cancel(SANDBOX, paymentKey, 13_000);
        Answer second = cancel(SANDBOX, paymentKey, 20_000);

        List<JsonNode> rows = rowsOf(orderId);

        assertThat(rows)
                .extracting(row ->
                        row.path("status").asString() + " " + row.path("amount").asLong())
                .containsExactly("DONE 33000", "PARTIAL_CANCELED 13000", "PARTIAL_CANCELED 20000");
        assertThat(rows)
                .extracting(row -> row.path("transactionKey").asString())
                .endsWith(first.text("lastTransactionKey"), second.text("lastTransactionKey"))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_whole_cancel_is_listed_as_such() {
        String paymentKey = SANDBOX.authenticated(orderId);
        SANDBOX.confirm(paymentKey, orderId);
        cancel(SANDBOX, paymentKey, 33_000);

        assertThat(rowsOf(orderId))
                .extracting(row -> row.path("status").asString())
                .containsExactly("DONE", "CANCELED");
    }

    @Test
    void an_account_given_up_before_its_deposit_is_listed_with_its_amount() {
        String paymentKey = issued();
        SANDBOX.post("/v1/payments/" + paymentKey + "/cancel", "{\"cancelReason\": \"변심\"}");

        assertThat(rowsOf(orderId))
                .extracting(row ->
                        row.path("status").asString() + " " + row.path("amount").asLong())
                .containsExactly("WAITING_FOR_DEPOSIT 0", "CANCELED 33000");
    }

    @Test
    void a_deposit_the_bank_takes_back_is_a_row_and_so_is_the_next_one() {
        String paymentKey = issued();
        SANDBOX.post("/control/payments/" + paymentKey + "/deposit", "");
        SANDBOX.post("/control/payments/" + paymentKey + "/reverse-deposit", "");
        SANDBOX.post("/control/payments/" + paymentKey + "/deposit", "");

        assertThat(rowsOf(orderId))
                .extracting(row ->
                        row.path("status").asString() + " " + row.path("amount").asLong())
                .containsExactly("WAITING_FOR_DEPOSIT 0", "DONE 33000", "WAITING_FOR_DEPOSIT 33000", "DONE 33000");
    }

    @Test
    void the_amount_of_a_cancel_is_negative_if_the_sandbox_is_told_so() {
        try (RunningSandbox sandbox =
                RunningSandbox.start("wonflow.sandbox.assumptions.negative-cancel-transactions=true")) {
            String paymentKey = sandbox.authenticated(orderId);
            sandbox.confirm(paymentKey, orderId);
            cancel(sandbox, paymentKey, 13_000);

            assertThat(sandbox.get("/v1/transactions?startDate=2020-01-01&endDate=2099-01-01")
                            .json())
                    .extracting(row -> row.path("amount").asLong())
                    .containsExactly(33_000L, -13_000L);
        }
    }

    @Test
    void a_charge_to_a_billing_key_is_listed_though_nobody_is_told_of_it() {
        String customerKey = "customer-" + orderId;
        String authKey = SANDBOX.post("/control/billing/authorizations", "{\"customerKey\": \"" + customerKey + "\"}")
                .text("authKey");
        String billingKey = SANDBOX.post(
                        "/v1/billing/authorizations/issue",
                        "{\"authKey\": \"" + authKey + "\", \"customerKey\": \"" + customerKey + "\"}")
                .text("billingKey");
        Answer charged = SANDBOX.post(
                "/v1/billing/" + billingKey.replace("=", "%3D"),
                "{\"customerKey\": \"" + customerKey + "\", \"amount\": 4900, \"orderId\": \"" + orderId
                        + "\", \"orderName\": \"구독\"}");

        assertThat(charged.status()).as(charged.body()).isEqualTo(200);
        assertThat(rowsOf(orderId))
                .extracting(row -> row.path("customerKey").asString() + " "
                        + row.path("amount").asLong())
                .containsExactly(customerKey + " 4900");
    }

    private static Answer cancel(RunningSandbox sandbox, String paymentKey, long won) {
        return sandbox.post(
                "/v1/payments/" + paymentKey + "/cancel", "{\"cancelReason\": \"변심\", \"cancelAmount\": " + won + "}");
    }

    @Test
    void a_period_is_read_page_by_page_from_the_oldest_on() {
        Instant from = SANDBOX.now();
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            orders.add(paid());
            SANDBOX.advance("PT1S");
        }

        List<String> read = new ArrayList<>();
        String after = "";
        for (JsonNode page = page(from, 2, after); !page.isEmpty(); page = page(from, 2, after)) {
            assertThat(page.size()).isLessThanOrEqualTo(2);
            page.forEach(row -> read.add(row.path("orderId").asString()));
            after = page.get(page.size() - 1).path("transactionKey").asString();
        }

        assertThat(read).containsExactlyElementsOf(orders);
    }

    @Test
    void the_last_second_of_a_period_belongs_to_it_with_all_its_fractions() {
        paid();
        String second = rowsOf(orderId)
                .getFirst()
                .path("transactionAt")
                .asString()
                .substring(0, "2026-03-01T10:16:02".length());

        Answer answer = SANDBOX.get("/v1/transactions?limit=5000&startDate=" + second + "&endDate=" + second);

        assertThat(answer.json())
                .extracting(row -> row.path("orderId").asString())
                .contains(orderId);
    }

    @Test
    void a_date_alone_is_its_midnight_in_seoul() {
        LocalDateTime before0030 = LocalDateTime.ofInstant(SANDBOX.now(), SEOUL);
        LocalDateTime at0030 = before0030.toLocalDate().plusDays(1).atTime(0, 30);
        SANDBOX.advance(Duration.between(before0030, at0030).toString());
        paid();
        LocalDateTime now = LocalDateTime.ofInstant(SANDBOX.now(), SEOUL);

        Answer before =
                SANDBOX.get("/v1/transactions?startDate=2020-01-01&endDate=" + now.toLocalDate() + "&limit=5000");
        Answer until = SANDBOX.get("/v1/transactions?startDate=2020-01-01&endDate="
                + now.toLocalDate().plusDays(1) + "&limit=5000");

        assertThat(before.json())
                .extracting(row -> row.path("orderId").asString())
                .doesNotContain(orderId);
        assertThat(until.json())
                .extracting(row -> row.path("orderId").asString())
                .contains(orderId);
    }

    @Test
    void another_merchant_sees_nothing_of_it() {
        paid();
        String transactionKey =
                rowsOf(orderId).getFirst().path("transactionKey").asString();

        Answer list = asOther("/v1/transactions?startDate=2020-01-01&endDate=2099-01-01");
        Answer after =
                asOther("/v1/transactions?startDate=2020-01-01&endDate=2099-01-01&startingAfter=" + transactionKey);

        assertThat(list.body()).isEqualTo("[]");
        assertThat(after.text("code")).isEqualTo("INVALID_TRANSACTION_KEY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "startDate=2026-13-01&endDate=2026-12-02",
                "startDate=yesterday&endDate=2026-12-02",
                "startDate=2026-12-01T25:00:00&endDate=2026-12-02",
                "startDate=2026-12-01T00:00:00%2B09:00&endDate=2026-12-02",
                "startDate=2026-12-03&endDate=2026-12-02"
            })
    void a_date_that_is_none_or_a_period_that_runs_backwards_is_refused(String query) {
        assertRefused("/v1/transactions?" + query, "INVALID_DATE");
    }

    @ParameterizedTest
    @CsvSource({"limit=0", "limit=5001", "limit=-1", "limit=many", "limit=1.5", "limit=99999999999"})
    void a_limit_out_of_its_range_is_refused(String limit) {
        assertRefused("/v1/transactions?startDate=2026-12-01&endDate=2026-12-02&" + limit, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "startDate=2026-12-01", "endDate=2026-12-01"})
    void both_dates_are_needed(String query) {
        assertRefused("/v1/transactions?" + query, "INVALID_REQUEST");
    }

    @Test
    void an_unknown_key_to_start_after_is_refused() {
        assertRefused(
                "/v1/transactions?startDate=2026-12-01&endDate=2026-12-02&startingAfter=nobody",
                "INVALID_TRANSACTION_KEY");
    }

    private static void assertRefused(String path, String code) {
        Answer answer = SANDBOX.get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo(code);
    }

    private Answer asOther(String path) {
        return SANDBOX.send(
                SANDBOX.request(path).header("Authorization", RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY)));
    }

    private String paid() {
        String order = orderIdFor();
        SANDBOX.confirm(SANDBOX.authenticated(order), order);
        return order;
    }

    private boolean used;

    private String orderIdFor() {
        String order = used ? RunningSandbox.newOrderId() : orderId;
        used = true;
        return order;
    }

    private String issued() {
        String paymentKey = SANDBOX.open(orderId);
        SANDBOX.post("/control/payments/" + paymentKey + "/authenticate", "{\"method\": \"VIRTUAL_ACCOUNT\"}");
        SANDBOX.confirm(paymentKey, orderId);
        return paymentKey;
    }

    private JsonNode page(Instant from, int limit, String after) {
        LocalDateTime start = LocalDateTime.ofInstant(from, SEOUL);
        return SANDBOX.get("/v1/transactions?startDate=" + start + "&endDate=" + start.plusHours(1) + "&limit=" + limit
                        + (after.isEmpty() ? "" : "&startingAfter=" + after))
                .json();
    }

    private static List<JsonNode> rowsOf(String orderId) {
        LocalDateTime now = LocalDateTime.ofInstant(SANDBOX.now(), ZoneOffset.ofHours(9));
        List<JsonNode> rows = new ArrayList<>();
        SANDBOX.get("/v1/transactions?startDate=" + now.minusHours(1) + "&endDate=" + now.plusHours(1) + "&limit=5000")
                .json()
                .forEach(row -> {
                    if (row.path("orderId").asString().equals(orderId)) {
                        rows.add(row);
                    }
                });
        return rows;
    }
}
