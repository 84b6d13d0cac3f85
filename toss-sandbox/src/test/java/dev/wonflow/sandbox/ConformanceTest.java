package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Rules of Toss that need no buyer, asked over plain HTTP: with a test key in {@code TOSS_TEST_API_KEY} Toss itself is
 * asked the same. Payments come from a card registered for billing, which a server alone can charge.
 */
class ConformanceTest {

    private static final ConformanceTarget TOSS = ConformanceTarget.of(System.getenv());

    private final String run = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private int orders;

    @Test
    void credentials_are_encoded_as_the_documentation_shows() {
        assertThat(RunningSandbox.basic("test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R"))
                .isEqualTo("Basic dGVzdF9za196WExrS0V5cE5BcldtbzUwblgzbG1lYXhZRzVSOg==");
        assertThat(RunningSandbox.basic("test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6"))
                .isEqualTo("Basic dGVzdF9nc2tfZG9jc19PYVB6OEw1S2RtUVhrelJ6M3k0N0JNdzY6");
    }

    @Test
    void a_live_key_is_never_used() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConformanceTarget.of(Map.of(ConformanceTarget.KEY_VARIABLE, "live_sk_x")))
                .withMessageContaining("not a test key");
    }

    @Test
    void a_wrong_key_is_unauthorized_and_a_missing_colon_badly_encoded() {
        Answer wrong = TOSS.send(TOSS.request("/v1/payments/nobody")
                .setHeader("Authorization", RunningSandbox.basic("test_sk_nobody_has_this_key_0000")));
        Answer noColon = TOSS.send(
                TOSS.request("/v1/payments/nobody").setHeader("Authorization", "Basic dGVzdF9za19ub19jb2xvbg=="));

        refused(wrong, 401, "UNAUTHORIZED_KEY");
        refused(noColon, 403, "INCORRECT_BASIC_AUTH_FORMAT");
    }

    @Test
    void every_answer_has_a_trace_id() {
        assertThat(TOSS.get("/v1/payments/nobody").header("x-tosspayments-trace-id"))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void an_unknown_payment_is_not_found() {
        refused(TOSS.get("/v1/payments/tviva20260301101530aB3x9"), 404, "NOT_FOUND_PAYMENT");
        refused(TOSS.get("/v1/payments/orders/no-such-order-" + run), 404, "NOT_FOUND_PAYMENT");
    }

    @ParameterizedTest
    @CsvSource({
        "ALREADY_PROCESSED_PAYMENT, 400",
        "PROVIDER_ERROR, 400",
        "INVALID_STOPPED_CARD, 400",
        "EXCEED_MAX_DAILY_PAYMENT_COUNT, 400",
        "REJECT_CARD_PAYMENT, 403",
        "REJECT_CARD_COMPANY, 403",
        "NOT_FOUND_PAYMENT_SESSION, 404",
        "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING, 500",
    })
    void a_test_code_comes_back_with_its_status_before_anything_is_looked_up(String code, int status) {
        refused(confirmOfNobody("TossPayments-Test-Code", code), status, code);
    }

    @Test
    void an_unknown_test_code_is_told_so() {
        refused(confirmOfNobody("TossPayments-Test-Code", "NO_SUCH_CODE"), 400, "INVALID_TEST_CODE");
    }

    @Test
    void an_idempotency_key_has_at_most_300_characters() {
        refused(confirmOfNobody("Idempotency-Key", key(301)), 400, "INVALID_IDEMPOTENCY_KEY");
        assertThat(confirmOfNobody("Idempotency-Key", key(300)).text("code")).startsWith("NOT_FOUND_PAYMENT");
    }

    @Test
    void a_repeated_key_gets_the_first_answer_byte_for_byte_whatever_the_body_says() {
        Card card = newCard();
        String key = key(36);
        String orderId = newOrderId();

        Answer first = charge(card, orderId, 15_000, "Idempotency-Key", key);
        Answer second = charge(card, orderId, 99_000, "Idempotency-Key", key);

        assertThat(first.text("status")).isEqualTo("DONE");
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("idempotency-key")).isEqualTo(key);
        assertThat(second.header("x-tosspayments-trace-id")).endsWith(", " + first.header("x-tosspayments-trace-id"));
    }

    @Test
    void a_kept_refusal_is_given_again_after_the_body_was_corrected() {
        String paymentKey = paid(10_000).text("paymentKey");
        String key = key(36);

        Answer tooMuch = cancel(paymentKey, "\"cancelAmount\": 20000", "Idempotency-Key", key);
        Answer corrected = cancel(paymentKey, "\"cancelAmount\": 1000", "Idempotency-Key", key);

        refused(tooMuch, 403, "NOT_CANCELABLE_AMOUNT");
        refused(corrected, 403, "NOT_CANCELABLE_AMOUNT");
        assertThat(TOSS.get("/v1/payments/" + paymentKey)
                        .json()
                        .path("balanceAmount")
                        .asLong())
                .isEqualTo(10_000);
    }

    @Test
    void partial_cancels_that_add_up_stay_partial() {
        String paymentKey = paid(10_000).text("paymentKey");

        Answer part = cancel(paymentKey, "\"cancelAmount\": 3000");
        Answer rest = cancel(paymentKey, "\"cancelAmount\": 7000");

        assertThat(part.text("status")).isEqualTo("PARTIAL_CANCELED");
        assertThat(rest.text("status")).isEqualTo("PARTIAL_CANCELED");
        assertThat(rest.json().path("balanceAmount").asLong()).isZero();
        assertThat(rest.json().path("totalAmount").asLong()).isEqualTo(10_000);
        assertThat(rest.json().path("cancels")).hasSize(2);
        refused(cancel(paymentKey, "\"cancelAmount\": 1"), 403, "NOT_CANCELABLE_AMOUNT");
    }

    @Test
    void a_full_cancel_can_be_made_once() {
        String paymentKey = paid(10_000).text("paymentKey");

        Answer all = cancel(paymentKey);

        assertThat(all.text("status")).isEqualTo("CANCELED");
        assertThat(all.json().path("balanceAmount").asLong()).isZero();
        refused(cancel(paymentKey), 400, "ALREADY_CANCELED_PAYMENT");
    }

    @Test
    void a_cancel_that_is_mistaken_about_the_balance_changes_nothing() {
        String paymentKey = paid(10_000).text("paymentKey");

        refused(
                cancel(paymentKey, "\"cancelAmount\": 1000, \"refundableAmount\": 9000"),
                400,
                "NOT_MATCHES_REFUNDABLE_AMOUNT");

        JsonNode payment = TOSS.get("/v1/payments/" + paymentKey).json();
        assertThat(payment.path("status").asString()).isEqualTo("DONE");
        assertThat(payment.path("cancels").isNull()).isTrue();
    }

    @Test
    void more_than_the_balance_is_not_cancelled() {
        refused(cancel(paid(10_000).text("paymentKey"), "\"cancelAmount\": 10001"), 403, "NOT_CANCELABLE_AMOUNT");
    }

    @Test
    void a_cancel_needs_a_reason() {
        String paymentKey = paid(10_000).text("paymentKey");

        refused(TOSS.post("/v1/payments/" + paymentKey + "/cancel", "{}"), 400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource({"10000, 3000, 636", "33000, 0, 3000", "15000, 0, 1364"})
    void vat_is_an_eleventh_of_what_is_taxed(long amount, long taxFree, long vat) {
        Answer charged = charge(newCard(), newOrderId(), amount, taxFree);

        assertThat(charged.json().path("vat").asLong()).isEqualTo(vat);
        assertThat(charged.json().path("suppliedAmount").asLong()).isEqualTo(amount - vat - taxFree);
    }

    @Test
    void a_charge_of_a_registered_card_is_a_payment_of_type_billing() {
        Card card = newCard();
        String orderId = newOrderId();

        Answer charged = charge(card, orderId, 15_000);

        assertThat(charged.status()).isEqualTo(200);
        assertThat(charged.text("type")).isEqualTo("BILLING");
        assertThat(charged.text("status")).isEqualTo("DONE");
        assertThat(charged.text("approvedAt")).endsWith("+09:00");
        assertThat(charged.json().path("card").path("number").asString()).contains("*");
        assertThat(TOSS.get("/v1/payments/orders/" + orderId).text("paymentKey"))
                .isEqualTo(charged.text("paymentKey"));
    }

    @Test
    void a_card_is_charged_for_its_own_customer_only() {
        Card card = newCard();
        String orderId = newOrderId();

        refused(
                charge(new Card(card.billingKey(), UUID.randomUUID().toString()), orderId, 15_000),
                400,
                "NOT_MATCHES_CUSTOMER_KEY");
        refused(TOSS.get("/v1/payments/orders/" + orderId), 404, "NOT_FOUND_PAYMENT");
    }

    @Test
    void an_order_is_charged_once() {
        Card card = newCard();
        String orderId = newOrderId();
        charge(card, orderId, 15_000);

        refused(charge(card, orderId, 15_000), 400, "DUPLICATED_ORDER_ID");
    }

    @Test
    void a_deleted_card_cannot_be_charged() {
        Card card = newCard();

        Answer deleted = TOSS.delete("/v1/billing/" + encoded(card.billingKey()));

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).isEmpty();
        refused(charge(card, newOrderId(), 15_000), 400, "ALREADY_REMOVED_BILLING_KEY");
    }

    @Test
    void a_virtual_account_waits_and_is_cancelled_in_full_only() {
        Answer issued = virtualAccount(newOrderId(), "");
        String paymentKey = issued.text("paymentKey");

        assertThat(issued.status()).isEqualTo(200);
        assertThat(issued.text("status")).isEqualTo("WAITING_FOR_DEPOSIT");
        assertThat(issued.text("secret")).isNotEmpty();
        assertThat(issued.json().at("/virtualAccount/accountNumber").asString()).startsWith("X");
        refused(cancel(paymentKey, "\"cancelAmount\": 1000"), 403, "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT");
        assertThat(cancel(paymentKey).text("status")).isEqualTo("CANCELED");
    }

    @Test
    void a_virtual_account_has_hours_or_a_date_and_not_both() {
        Answer both = virtualAccount(
                newOrderId(),
                ", \"validHours\": 24, \"dueDate\": \""
                        + LocalDate.now(ZoneId.of("Asia/Seoul")).plusDays(3) + "T23:59:59\"");

        refused(both, 400, "INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE");
    }

    @Test
    void malformed_json_is_a_bad_request() {
        refused(TOSS.post("/v1/payments/confirm", "{\"paymentKey\": "), 400, "INVALID_REQUEST");
    }

    @Test
    void an_unknown_path_is_not_found() {
        Answer unknown = TOSS.send(TOSS.request("/v1/no-such-thing-" + run).POST(BodyPublishers.ofString("{}")));

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text("code")).startsWith("NOT_FOUND");
    }

    private record Card(String billingKey, String customerKey) {}

    private Card newCard() {
        String customerKey = UUID.randomUUID().toString();
        Answer issued = TOSS.post("/v1/billing/authorizations/card", """
                {"customerKey": "%s", "cardNumber": "9410001234567890", "cardExpirationYear": "%d",
                 "cardExpirationMonth": "12", "customerIdentityNumber": "900101"}
                """.formatted(
                        customerKey, LocalDate.now(ZoneId.of("Asia/Seoul")).getYear() % 100 + 3));
        assertThat(issued.status()).as(issued.body()).isEqualTo(200);
        return new Card(issued.text("billingKey"), customerKey);
    }

    private Answer charge(Card card, String orderId, long amount, String... headers) {
        return TOSS.post(
                "/v1/billing/" + encoded(card.billingKey()),
                """
                {"customerKey": "%s", "amount": %d, "orderId": "%s", "orderName": "머그컵 외 1건"}
                """.formatted(card.customerKey(), amount, orderId),
                headers);
    }

    private Answer charge(Card card, String orderId, long amount, long taxFree) {
        return TOSS.post("/v1/billing/" + encoded(card.billingKey()), """
                {"customerKey": "%s", "amount": %d, "taxFreeAmount": %d, "orderId": "%s", "orderName": "머그컵 외 1건"}
                """.formatted(
                        card.customerKey(), amount, taxFree, orderId));
    }

    private Answer paid(long amount) {
        Answer paid = charge(newCard(), newOrderId(), amount);
        assertThat(paid.text("status")).as(paid.body()).isEqualTo("DONE");
        return paid;
    }

    private Answer cancel(String paymentKey) {
        return cancel(paymentKey, "");
    }

    private Answer cancel(String paymentKey, String more, String... headers) {
        String body = "{\"cancelReason\": \"고객 변심\"" + (more.isEmpty() ? "" : ", " + more) + "}";
        return TOSS.post("/v1/payments/" + paymentKey + "/cancel", body, headers);
    }

    private Answer virtualAccount(String orderId, String more) {
        return TOSS.post("/v1/virtual-accounts", """
                {"amount": 15000, "orderId": "%s", "orderName": "머그컵 외 1건", "customerName": "김하늘", "bank": "88"%s}
                """.formatted(orderId, more));
    }

    private Answer confirmOfNobody(String header, String value) {
        return TOSS.post(
                "/v1/payments/confirm",
                RunningSandbox.confirmOf("tviva20260301101530aB3x9", newOrderId(), 15_000),
                header,
                value);
    }

    private String newOrderId() {
        return "conf-" + run + "-" + ++orders;
    }

    private String key(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> i < run.length() ? run.substring(i, i + 1) : "k")
                .reduce("", String::concat);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.text("code")).as(answer.body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("message")).isNotEmpty();
    }
}
