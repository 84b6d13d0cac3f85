package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.net.http.HttpRequest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CashReceiptTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void a_receipt_is_in_progress_at_first() {
        Answer issued = issue(orderId);

        assertThat(issued.status()).isEqualTo(200);
        assertThat(issued.text("issueStatus")).isEqualTo("IN_PROGRESS");
        assertThat(issued.text("transactionType")).isEqualTo("CONFIRM");
        assertThat(issued.text("type")).isEqualTo("소득공제");
        assertThat(issued.text("issueNumber")).matches("\\d{9}");
        assertThat(issued.json().path("amount").isNumber()).isTrue();
        assertThat(issued.text("requestedAt")).endsWith("+09:00");
        assertThat(issued.json().path("failure").isNull()).isTrue();
    }

    @Test
    void the_tax_office_decides_a_day_later() {
        try (RunningSandbox own = RunningSandbox.start()) {
            String day = today(own);
            own.post("/v1/cash-receipts", receiptOf(orderId, "소득공제", "01012345678"));

            own.advance("PT23H59M");
            assertThat(listed(own, day, orderId).getFirst().path("issueStatus").asString())
                    .isEqualTo("IN_PROGRESS");
            own.advance("PT1M");
            assertThat(listed(own, day, orderId).getFirst().path("issueStatus").asString())
                    .isEqualTo("COMPLETED");
        }
    }

    @Test
    void how_long_the_tax_office_takes_is_a_setting() {
        try (RunningSandbox own = RunningSandbox.start("wonflow.sandbox.receipt.decided-after=0s")) {
            assertThat(own.post("/v1/cash-receipts", receiptOf(orderId, "소득공제", "01012345678"))
                            .text("issueStatus"))
                    .isEqualTo("COMPLETED");
        }
    }

    @Test
    void the_tax_office_refuses_some_numbers() {
        try (RunningSandbox own = RunningSandbox.start()) {
            String day = today(own);
            Answer issued = own.post("/v1/cash-receipts", receiptOf(orderId, "소득공제", "01099990003"));
            assertThat(issued.text("issueStatus")).isEqualTo("IN_PROGRESS");
            assertThat(issued.json().path("failure").isNull()).isTrue();

            own.advance("P1D");

            JsonNode failed = listed(own, day, orderId).getFirst();
            assertThat(failed.path("issueStatus").asString()).isEqualTo("FAILED");
            assertThat(failed.at("/failure/code").asString()).isEqualTo("NTS_ERROR");
            assertThat(failed.at("/failure/message").asString()).startsWith("[TS3] ");
        }
    }

    @Test
    void the_tax_office_refuses_on_demand() {
        String receiptKey = issue(orderId).text("receiptKey");

        Answer failed = sandbox.post("/control/cash-receipts/" + receiptKey + "/fail", "{\"reason\": \"TSC\"}");

        assertThat(failed.text("issueStatus")).isEqualTo("FAILED");
        assertThat(failed.json().at("/failure/message").asString()).startsWith("[TSC] ");
        assertThat(sandbox.post("/control/cash-receipts/" + receiptKey + "/fail", "{}")
                        .status())
                .isEqualTo(409);
        assertThat(sandbox.post("/control/cash-receipts/" + receiptKey + "/fail", "{\"reason\": \"TS9\"}")
                        .text("message"))
                .contains("reason: TS9 (expected: one of [TS1");
        assertThat(sandbox.post("/control/cash-receipts/nobody/fail", "{}").status())
                .isEqualTo(404);
        assertThat(issue(orderId).status()).isEqualTo(200);
    }

    @Test
    void an_order_has_one_receipt() {
        String receiptKey = issue(orderId).text("receiptKey");

        assertRefused(issue(orderId), 400, "DUPLICATED_CASH_RECEIPT");
        cancel(receiptKey, "{\"amount\": 10000}");
        assertRefused(issue(orderId), 400, "DUPLICATED_CASH_RECEIPT");
        cancel(receiptKey, "");
        assertThat(issue(orderId).status()).isEqualTo(200);
    }

    @Test
    void of_many_receipts_at_once_an_order_gets_one() throws Exception {
        Callable<Integer> request = () -> issue(orderId).status();

        List<Future<Integer>> answers;
        try (ExecutorService merchants = Executors.newVirtualThreadPerTaskExecutor()) {
            answers =
                    merchants.invokeAll(Stream.generate(() -> request).limit(20).toList());
        }

        assertThat(answers.stream().map(Future::resultNow).filter(status -> status == 200))
                .hasSize(1);
    }

    @Test
    void a_cancel_is_an_object_of_its_own() {
        Answer issued = issue(orderId);
        String receiptKey = issued.text("receiptKey");

        Answer canceled = sandbox.send(
                sandbox.toss("/v1/cash-receipts/" + receiptKey + "/cancel").POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(canceled.status()).isEqualTo(200);
        assertThat(canceled.text("receiptKey")).isEqualTo("c_" + receiptKey);
        assertThat(canceled.text("transactionType")).isEqualTo("CANCEL");
        assertThat(canceled.text("issueStatus")).isEqualTo("IN_PROGRESS");
        assertThat(canceled.json().path("amount").asLong()).isEqualTo(33_000);
        assertThat(canceled.json().path("taxFreeAmount").asLong()).isEqualTo(3_000);
        assertThat(canceled.text("orderId")).isEqualTo(orderId);
    }

    @Test
    void a_part_can_be_cancelled_and_never_more_than_is_left() {
        String receiptKey = issue(orderId).text("receiptKey");

        assertRefused(cancel(receiptKey, "{\"amount\": 33001}"), 403, "FORBIDDEN_REQUEST");
        assertRefused(cancel(receiptKey, "{\"amount\": 0}"), 400, "INVALID_REQUEST");
        Answer part = cancel(receiptKey, "{\"amount\": 31000}");
        assertThat(part.json().path("amount").asLong()).isEqualTo(31_000);
        assertThat(part.json().path("taxFreeAmount").asLong()).isEqualTo(1_000);
        assertRefused(cancel(receiptKey, "{\"amount\": 2001}"), 403, "FORBIDDEN_REQUEST");
        assertThat(cancel(receiptKey, "{}").json().path("amount").asLong()).isEqualTo(2_000);
        assertRefused(cancel(receiptKey, "{}"), 403, "FORBIDDEN_REQUEST");
    }

    @Test
    void a_receipt_nobody_issued_cannot_be_cancelled() {
        String receiptKey = issue(orderId).text("receiptKey");
        cancel(receiptKey, "{}");

        assertRefused(cancel("nobody", "{}"), 404, "NOT_FOUND_RECEIPT");
        assertRefused(cancel("c_" + receiptKey, "{}"), 404, "NOT_FOUND_RECEIPT");
        Answer ofAnother = sandbox.send(sandbox.request("/v1/cash-receipts/" + receiptKey + "/cancel")
                .header("Authorization", RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY))
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertRefused(ofAnother, 404, "NOT_FOUND_RECEIPT");
    }

    @Test
    void the_receipts_of_a_day_come_page_by_page() {
        try (RunningSandbox own = RunningSandbox.start()) {
            String day = today(own);
            for (int i = 0; i < 5; i++) {
                own.post("/v1/cash-receipts", receiptOf("receipt-" + i, "소득공제", "01012345678"));
            }
            List<String> orders = new ArrayList<>();

            Answer page = own.get("/v1/cash-receipts?requestDate=" + day + "&limit=2");
            assertThat(page.json().propertyNames()).containsExactly("hasNext", "lastCursor", "data");
            collect(page, orders);
            assertThat(page.json().path("hasNext").asBoolean()).isTrue();
            page = own.get("/v1/cash-receipts?requestDate=" + day + "&limit=2&cursor=" + page.text("lastCursor"));
            collect(page, orders);
            assertThat(page.json().path("hasNext").asBoolean()).isTrue();
            page = own.get("/v1/cash-receipts?requestDate=" + day + "&limit=2&cursor=" + page.text("lastCursor"));
            collect(page, orders);
            assertThat(page.json().path("hasNext").asBoolean()).isFalse();

            assertThat(orders).containsExactly("receipt-0", "receipt-1", "receipt-2", "receipt-3", "receipt-4");
            assertThat(own.get("/v1/cash-receipts?requestDate=2020-01-01")
                            .json()
                            .path("data"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', INVALID_REQUIRED_PARAM",
        "?requestDate=20260105, INVALID_DATE",
        "?requestDate=2026-01-05&limit=10001, EXCEED_MAX_QUERY_LIMIT",
        "?requestDate=2026-01-05&limit=0, INVALID_REQUEST",
        "?requestDate=2026-01-05&limit=many, INVALID_REQUEST",
        "?requestDate=2026-01-05&cursor=-1, INVALID_PAGING_KEY"
    })
    void a_list_is_asked_for_properly(String query, String code) {
        assertRefused(sandbox.get("/v1/cash-receipts" + query), 400, code);
    }

    @Test
    void a_merchant_of_an_older_version_has_no_list_and_one_object() {
        try (RunningSandbox own = RunningSandbox.start("wonflow.sandbox.merchants[0].api-version=2022-06-08")) {
            Answer issued = own.post("/v1/cash-receipts", receiptOf(orderId, "소득공제", "01012345678"));
            assertThat(issued.json().has("issueStatus")).isFalse();
            assertThat(issued.text("approvalNumber")).matches("\\d{9}");
            assertThat(issued.json().path("canceledAt").isNull()).isTrue();

            Answer canceled = own.post("/v1/cash-receipts/" + issued.text("receiptKey") + "/cancel", "{}");
            assertThat(canceled.text("receiptKey")).isEqualTo(issued.text("receiptKey"));
            assertThat(canceled.text("canceledAt")).endsWith("+09:00");

            Answer list = own.get("/v1/cash-receipts?requestDate=2026-01-05");
            assertRefused(list, 400, "API_VERSION_UPDATE_NEEDED");
            assertThat(list.text("message")).contains("2022-07-27");
        }
    }

    @Test
    void a_merchant_can_issue_without_a_customer() {
        assertThat(sandbox.post("/v1/cash-receipts", receiptOf(orderId, "소득공제", "0100001234"))
                        .text("customerIdentityNumber"))
                .isEqualTo("0100001234");
    }

    @Test
    void the_older_name_of_the_customer_is_taken() {
        assertThat(sandbox.post(
                                "/v1/cash-receipts",
                                receiptOf(orderId, "소득공제", "01012345678")
                                        .replace("customerIdentityNumber", "registrationNumber"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "소득공제, 010-1234-5678, 200, ''",
        "지출증빙, 1234567890, 200, ''",
        "지출증빙, 01012345678, 400, INVALID_CASH_RECEIPT_INFO",
        "소득공제, 12345, 400, INVALID_CASH_RECEIPT_INFO",
        "소득공제, 홍길동, 400, INVALID_CASH_RECEIPT_INFO",
        "소득공제, 0101234567890123456789012345678, 400, INVALID_CASH_RECEIPT_INFO",
        "미발행, 01012345678, 400, INVALID_REQUEST"
    })
    void the_customer_fits_the_type(String type, String customer, int status, String code) {
        Answer issued = sandbox.post("/v1/cash-receipts", receiptOf(orderId, type, customer));

        assertThat(issued.status()).isEqualTo(status);
        assertThat(issued.text("code")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "orderId, 1, INVALID_ORDER_ID",
        "orderId, 1.5, INVALID_REQUEST",
        "amount, 0, BELOW_ZERO_AMOUNT",
        "taxFreeAmount, 33001, INVALID_REQUEST",
        "businessNumber, \"123\", INVALID_BUSINESS_NUMBER",
        "orderId, \"o\", INVALID_ORDER_ID",
        "orderName, \"\", INVALID_ORDER_NAME"
    })
    void fields_have_their_forms(String field, String value, String code) {
        String body = receiptOf(orderId, "소득공제", "01012345678");
        // A name given twice counts as given last.
        String changed = body.replace("}", ", \"" + field + "\": " + value + "}");

        assertRefused(sandbox.post("/v1/cash-receipts", changed), 400, code);
    }

    @Test
    void the_tax_office_agrees_on_demand_and_says_so_once() {
        String receiptKey = issue(orderId).text("receiptKey");

        assertThat(sandbox.post("/control/cash-receipts/" + receiptKey + "/complete", "")
                        .text("issueStatus"))
                .isEqualTo("COMPLETED");
        assertThat(sandbox.post("/control/cash-receipts/" + receiptKey + "/fail", "")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void the_cancels_of_a_receipt_are_decided_about_one_after_the_other() {
        String receiptKey = issue(orderId).text("receiptKey");
        cancel(receiptKey, "{\"amount\": 3000}");
        cancel(receiptKey, "{\"amount\": 4000}");

        Answer refused = sandbox.post("/control/cash-receipts/c_" + receiptKey + "/fail", "{\"reason\": \"TS4\"}");
        Answer agreed = sandbox.post("/control/cash-receipts/c_" + receiptKey + "/complete", "");

        assertThat(refused.json().path("amount").asInt()).isEqualTo(3000);
        assertThat(refused.text("issueStatus")).isEqualTo("FAILED");
        assertThat(agreed.json().path("amount").asInt()).isEqualTo(4000);
        assertThat(agreed.text("issueStatus")).isEqualTo("COMPLETED");
        assertThat(sandbox.post("/control/cash-receipts/c_" + receiptKey + "/complete", "")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void each_call_about_receipts_can_be_struck_alone_and_a_cancel_by_its_order() {
        try (RunningSandbox own = RunningSandbox.start()) {
            String receiptKey = own.post("/v1/cash-receipts", receiptOf(orderId, "소득공제", "01012345678"))
                    .text("receiptKey");
            arm(own, "cash-receipt-cancel", orderId);
            arm(own, "cash-receipt-list", null);

            assertThat(own.post("/v1/cash-receipts", receiptOf("another-" + orderId, "소득공제", "01012345678"))
                            .status())
                    .isEqualTo(200);
            String list = "/v1/cash-receipts?requestDate=" + today(own);
            assertRefused(own.get(list), 400, "PROVIDER_ERROR");
            assertThat(own.get(list).status()).isEqualTo(200);
            assertRefused(own.post("/v1/cash-receipts/" + receiptKey + "/cancel", "{}"), 400, "PROVIDER_ERROR");
            assertThat(own.post("/v1/cash-receipts/" + receiptKey + "/cancel", "{}")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void arm(RunningSandbox at, String operation, @Nullable String order) {
        String of = order == null ? "" : ", \"orderId\": \"" + order + "\"";
        Answer armed = at.post(
                "/control/faults",
                "{\"kind\": \"DECLINE\", \"code\": \"PROVIDER_ERROR\", \"operation\": \"" + operation + "\"" + of
                        + "}");
        assertThat(armed.status()).as(armed.toString()).isEqualTo(201);
    }

    @Test
    void beyond_the_capacity_the_oldest_is_forgotten() {
        try (RunningSandbox own = RunningSandbox.start("wonflow.sandbox.receipt.capacity=2")) {
            String first = own.post("/v1/cash-receipts", receiptOf("receipt-1", "소득공제", "01012345678"))
                    .text("receiptKey");
            own.post("/v1/cash-receipts", receiptOf("receipt-2", "소득공제", "01012345678"));
            own.post("/v1/cash-receipts", receiptOf("receipt-3", "소득공제", "01012345678"));

            assertRefused(own.post("/v1/cash-receipts/" + first + "/cancel", "{}"), 404, "NOT_FOUND_RECEIPT");
            assertThat(own.post("/v1/cash-receipts", receiptOf("receipt-1", "소득공제", "01012345678"))
                            .status())
                    .isEqualTo(200);
        }
    }

    private Answer issue(String order) {
        return sandbox.post("/v1/cash-receipts", receiptOf(order, "소득공제", "01012345678"));
    }

    private Answer cancel(String receiptKey, String body) {
        return sandbox.post("/v1/cash-receipts/" + receiptKey + "/cancel", body);
    }

    private static String receiptOf(String orderId, String type, String customer) {
        return """
            {"amount": 33000, "taxFreeAmount": 3000, "orderId": "%s", "orderName": "머그컵 외 1건",
             "type": "%s", "customerIdentityNumber": "%s"}""".formatted(orderId, type, customer);
    }

    private static String today(RunningSandbox at) {
        return LocalDate.ofInstant(at.now(), ZoneId.of("Asia/Seoul")).toString();
    }

    private static List<JsonNode> listed(RunningSandbox at, String day, String orderId) {
        return at.get("/v1/cash-receipts?requestDate=" + day)
                .json()
                .path("data")
                .valueStream()
                .filter(receipt -> receipt.path("orderId").asString().equals(orderId))
                .toList();
    }

    private static void collect(Answer page, List<String> orders) {
        page.json()
                .path("data")
                .forEach(receipt -> orders.add(receipt.path("orderId").asString()));
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }
}
