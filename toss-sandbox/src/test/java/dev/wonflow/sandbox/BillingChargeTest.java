package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BillingChargeTest {

    private static final String CUSTOMER = "5f0c9c0a-52f5-4a3e-9a6d-0e3a6c1d7b11";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void a_charge_is_a_payment_that_is_done() {
        String billingKey = issued(sandbox);

        Answer charged = charge(billingKey, orderId);

        assertThat(charged.status()).isEqualTo(200);
        assertThat(charged.text("type")).isEqualTo("BILLING");
        assertThat(charged.text("status")).isEqualTo("DONE");
        assertThat(charged.text("method")).isEqualTo("카드");
        assertThat(charged.text("orderId")).isEqualTo(orderId);
        assertThat(charged.json().path("totalAmount").asLong()).isEqualTo(9_900);
        assertThat(charged.json().at("/card/issuerCode").asString()).isEqualTo("21");
        assertThat(charged.json().at("/card/number").asString()).isEqualTo("94100012****789*");
        assertThat(charged.json().path("secret").isNull()).isTrue();
        assertThat(sandbox.payment(charged.text("paymentKey")).body()).isEqualTo(charged.body());
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).body()).isEqualTo(charged.body());
    }

    @Test
    void a_charge_carries_a_secret_if_the_sandbox_is_told_so() {
        try (RunningSandbox own = RunningSandbox.start("wonflow.sandbox.assumptions.secret-of-billing-charges=true")) {
            assertThat(own.post("/v1/billing/" + issued(own), chargeOf(CUSTOMER, orderId, 9_900))
                            .text("secret"))
                    .matches("ps_[0-9A-Za-z]{28}");
        }
    }

    @Test
    void a_charge_of_an_account_is_a_transfer() {
        String authKey = sandbox.post(
                        "/control/billing/authorizations",
                        "{\"customerKey\": \"" + CUSTOMER + "\", \"method\": \"TRANSFER\"}")
                .text("authKey");
        String billingKey = sandbox.post("/v1/billing/authorizations/issue", issueOf(authKey))
                .text("billingKey");

        Answer charged = charge(billingKey, orderId);

        assertThat(charged.text("type")).isEqualTo("BILLING");
        assertThat(charged.text("status")).isEqualTo("DONE");
        assertThat(charged.text("method")).isEqualTo("계좌이체");
        assertThat(charged.json().path("card").isNull()).isTrue();
        assertThat(charged.json().at("/transfer/bankCode").asString()).isEqualTo("88");
    }

    @Test
    void a_charge_with_another_customer_key_is_refused_and_there_is_no_payment() {
        String billingKey = issued(sandbox);

        assertRefused(
                sandbox.post("/v1/billing/" + billingKey, chargeOf("another-customer", orderId, 9_900)),
                400,
                "NOT_MATCHES_CUSTOMER_KEY");
        assertRefused(sandbox.get("/v1/payments/orders/" + orderId), 404, "NOT_FOUND_PAYMENT");
        assertThat(charge(billingKey, orderId).status()).isEqualTo(200);
    }

    @Test
    void an_order_is_charged_once() {
        String billingKey = issued(sandbox);
        Answer first = charge(billingKey, orderId);

        assertRefused(charge(billingKey, orderId), 400, "DUPLICATED_ORDER_ID");
        assertRefused(charge(issued(sandbox), orderId), 400, "DUPLICATED_ORDER_ID");
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).text("paymentKey"))
                .isEqualTo(first.text("paymentKey"));
    }

    @Test
    void of_many_charges_of_one_order_at_once_exactly_one_takes_money() throws Exception {
        List<String> billingKeys =
                Stream.generate(() -> issued(sandbox)).limit(2).toList();

        List<Answer> answers = atOnce(IntStream.range(0, 20)
                .mapToObj(i -> (Callable<Answer>) () -> charge(billingKeys.get(i % 2), orderId))
                .toList());

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 200))
                .allSatisfy(answer -> assertRefused(answer, 400, "DUPLICATED_ORDER_ID"));
    }

    @Test
    void a_charge_never_takes_money_after_a_deletion_was_answered() throws Exception {
        for (int round = 0; round < 10; round++) {
            String billingKey = issued(sandbox);
            List<String> orders =
                    Stream.generate(RunningSandbox::newOrderId).limit(10).toList();
            List<Callable<Answer>> calls = new ArrayList<>();
            orders.forEach(order -> calls.add(() -> charge(billingKey, order)));
            List<String> paidWhenDeleted = Collections.synchronizedList(new ArrayList<>());
            calls.add(5, () -> {
                Answer deleted = delete(billingKey);
                paidWhenDeleted.addAll(paid(orders));
                return deleted;
            });

            List<Answer> answers = atOnce(calls);

            assertThat(answers.get(5).status()).isEqualTo(200);
            assertThat(paid(orders)).containsExactlyElementsOf(paidWhenDeleted);
        }
    }

    @Test
    void a_deleted_key_is_not_charged() {
        String billingKey = issued(sandbox);
        delete(billingKey);

        assertRefused(charge(billingKey, orderId), 400, "ALREADY_REMOVED_BILLING_KEY");
        assertRefused(sandbox.get("/v1/payments/orders/" + orderId), 404, "NOT_FOUND_PAYMENT");
    }

    @Test
    void a_key_in_the_path_may_be_raw_or_encoded() {
        String billingKey = issued(sandbox);

        assertThat(charge(billingKey.replace("=", "%3D"), orderId).status()).isEqualTo(200);
        assertThat(charge(billingKey, RunningSandbox.newOrderId()).status()).isEqualTo(200);
    }

    @Test
    void a_key_nobody_issued_is_refused() {
        assertRefused(charge("nobody", orderId), 400, "INVALID_BILL_KEY_REQUEST");
    }

    @Test
    void a_key_of_another_merchant_is_refused() {
        String billingKey = issued(sandbox);

        Answer charged = sandbox.send(sandbox.request("/v1/billing/" + billingKey)
                .header("Authorization", RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY))
                .POST(HttpRequest.BodyPublishers.ofString(chargeOf(CUSTOMER, orderId, 9_900))));

        assertRefused(charged, 400, "INVALID_BILL_KEY_REQUEST");
    }

    @ParameterizedTest
    @CsvSource({
        "4330121234567890, 400, NOT_SUPPORTED_CARD_TYPE",
        "9410009900000001, 403, REJECT_CARD_PAYMENT",
        "9410009900000002, 403, REJECT_CARD_COMPANY",
        "9410009900000003, 400, INVALID_STOPPED_CARD",
        "9410009900000004, 400, INVALID_CARD_LOST_OR_STOLEN",
        "9410009900000005, 400, INVALID_REJECT_CARD",
        "9410009900000006, 403, EXCEED_MAX_AUTH_COUNT",
        "9410009900000007, 500, FAILED_CARD_COMPANY_RESPONSE"
    })
    void some_cards_get_a_key_and_cannot_be_charged(String number, int status, String code) {
        String billingKey = issued(sandbox, number);

        assertRefused(charge(billingKey, orderId), status, code);
        assertRefused(sandbox.get("/v1/payments/orders/" + orderId), 404, "NOT_FOUND_PAYMENT");
    }

    @Test
    void an_order_that_is_paid_is_never_told_that_a_card_was_declined() {
        charge(issued(sandbox), orderId);

        assertRefused(charge(issued(sandbox, "9410009900000001"), orderId), 400, "DUPLICATED_ORDER_ID");
    }

    @Test
    void a_key_is_good_until_its_card_expires_on_the_sandbox_clock() {
        try (RunningSandbox own = RunningSandbox.start()) {
            ZonedDateTime now = own.now().atZone(ZoneId.of("Asia/Seoul"));
            ZonedDateTime end =
                    now.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(now.getZone());
            String authorization =
                    "{\"customerKey\": \"%s\", \"cardExpirationYear\": \"%ty\", \"cardExpirationMonth\": \"%tm\"}"
                            .formatted(CUSTOMER, now, now);
            String authKey =
                    own.post("/control/billing/authorizations", authorization).text("authKey");
            String billingKey = own.post("/v1/billing/authorizations/issue", issueOf(authKey))
                    .text("billingKey");

            own.advance(Duration.between(now, end).minusSeconds(10).toString());
            assertThat(own.post("/v1/billing/" + billingKey, chargeOf(CUSTOMER, "charge-1", 9_900))
                            .status())
                    .isEqualTo(200);
            own.advance("PT10S");

            assertRefused(
                    own.post("/v1/billing/" + billingKey, chargeOf(CUSTOMER, "charge-2", 9_900)),
                    400,
                    "INVALID_CARD_EXPIRATION");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "amount, 99, BELOW_MINIMUM_AMOUNT",
        "amount, 0, BELOW_ZERO_AMOUNT",
        "amount, null, INVALID_REQUEST",
        "orderId, \"o\", INVALID_ORDER_ID",
        "orderId, 1, INVALID_ORDER_ID",
        "orderId, 1.5, INVALID_REQUEST",
        "orderName, null, INVALID_REQUEST",
        "customerKey, null, INVALID_REQUEST",
        "taxFreeAmount, 9901, INVALID_REQUEST",
        "customerEmail, \"nobody\", INVALID_EMAIL",
        "cardInstallmentPlan, 2, INVALID_CARD_INSTALLMENT_PLAN"
    })
    void a_charge_is_asked_for_properly(String field, String value, String code) {
        String body = chargeOf(CUSTOMER, orderId, 9_900);
        // A name given twice counts as given last.
        String changed = body.replace("}", ", \"" + field + "\": " + value + "}");

        assertRefused(sandbox.post("/v1/billing/" + issued(sandbox), changed), 400, code);
    }

    @Test
    void instalments_are_told() {
        String body = chargeOf(CUSTOMER, orderId, 60_000).replace("}", ", \"cardInstallmentPlan\": 3}");

        assertThat(sandbox.post("/v1/billing/" + issued(sandbox), body)
                        .json()
                        .at("/card/installmentPlanMonths")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void a_test_code_declines_a_charge() {
        Answer declined = sandbox.post(
                "/v1/billing/" + issued(sandbox),
                chargeOf(CUSTOMER, orderId, 9_900),
                "TossPayments-Test-Code",
                "REJECT_CARD_PAYMENT");

        assertRefused(declined, 403, "REJECT_CARD_PAYMENT");
        assertRefused(sandbox.get("/v1/payments/orders/" + orderId), 404, "NOT_FOUND_PAYMENT");
    }

    @Test
    void the_same_idempotency_key_gets_the_same_payment() {
        String billingKey = issued(sandbox);
        String body = chargeOf(CUSTOMER, orderId, 9_900);

        Answer first = sandbox.post("/v1/billing/" + billingKey, body, "Idempotency-Key", "charge-" + orderId);
        Answer again = sandbox.post("/v1/billing/" + billingKey, body, "Idempotency-Key", "charge-" + orderId);

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void a_charge_is_silent_and_its_cancel_is_not() {
        String paymentKey = charge(issued(sandbox), orderId).text("paymentKey");
        assertThat(sandbox.webhooks(orderId)).isEmpty();

        assertThat(cancel(sandbox, paymentKey).text("status")).isEqualTo("CANCELED");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sandbox.webhooks(orderId)).hasSize(1));
        JsonNode webhook = sandbox.webhooks(orderId).path(0);
        assertThat(webhook.path("eventType").asString()).isEqualTo("PAYMENT_STATUS_CHANGED");
        assertThat(webhook.path("body").asString()).contains("\"type\":\"BILLING\"", "\"status\":\"CANCELED\"");
    }

    @Test
    void the_cancel_of_a_charge_can_be_silent_too() {
        try (RunningSandbox own = RunningSandbox.start("wonflow.sandbox.assumptions.webhook-of-billing-cancel=false")) {
            String paymentKey = own.post("/v1/billing/" + issued(own), chargeOf(CUSTOMER, orderId, 9_900))
                    .text("paymentKey");
            assertThat(cancel(own, paymentKey).text("status")).isEqualTo("CANCELED");

            assertThat(own.webhooks(orderId)).isEmpty();
        }
    }

    @Test
    void a_charge_and_its_cancel_are_transactions_of_the_customer_however_silent() {
        try (RunningSandbox own = RunningSandbox.start("wonflow.sandbox.assumptions.webhook-of-billing-cancel=false")) {
            String paymentKey = own.post("/v1/billing/" + issued(own), chargeOf(CUSTOMER, orderId, 9_900))
                    .text("paymentKey");
            cancel(own, paymentKey);

            JsonNode transactions = own.get("/v1/transactions?startDate=2020-01-01&endDate=2100-01-01")
                    .json();

            assertThat(transactions)
                    .extracting(transaction -> transaction.path("status").asString())
                    .containsExactly("DONE", "CANCELED");
            assertThat(transactions)
                    .extracting(transaction -> transaction.path("customerKey").asString())
                    .containsOnly(CUSTOMER);
        }
    }

    @Test
    void a_charge_whose_answer_was_lost_is_found_by_its_order_and_never_made_twice() {
        String billingKey = issued(sandbox);
        String body = chargeOf(CUSTOMER, orderId, 9_900);

        assertThatThrownBy(() -> sandbox.post(
                        "/v1/billing/" + billingKey,
                        body,
                        "Wonflow-Sandbox-Fault",
                        "ANSWER_LOST_AFTER_EFFECT",
                        "Idempotency-Key",
                        "lost-" + orderId))
                .isInstanceOf(UncheckedIOException.class);

        Answer found = sandbox.get("/v1/payments/orders/" + orderId);
        assertThat(found.text("status")).isEqualTo("DONE");
        assertRefused(charge(billingKey, orderId), 400, "DUPLICATED_ORDER_ID");
        assertThat(sandbox.post("/v1/billing/" + billingKey, body, "Idempotency-Key", "lost-" + orderId)
                        .body())
                .isEqualTo(found.body());
    }

    @Test
    void a_billing_key_cannot_be_looked_up() {
        assertRefused(sandbox.get("/v1/billing/" + issued(sandbox)), 404, "NOT_FOUND_HTTP_METHOD");
    }

    @Test
    void what_nobody_documents_can_be_turned_round() {
        try (RunningSandbox own = RunningSandbox.start(
                "wonflow.sandbox.assumptions.issue-by-invalid-auth-key=NOT_FOUND_BILLING",
                "wonflow.sandbox.assumptions.issue-for-another-customer=NOT_MATCHES_CUSTOMER_KEY",
                "wonflow.sandbox.assumptions.charge-of-unknown-billing-key=NOT_FOUND_BILLING",
                "wonflow.sandbox.assumptions.delete-of-unknown-billing-key=BILLING_KEY_NOT_FOUND")) {
            String authKey = own.post("/control/billing/authorizations", "{\"customerKey\": \"another-customer\"}")
                    .text("authKey");

            assertRefused(own.post("/v1/billing/authorizations/issue", issueOf("nobody")), 404, "NOT_FOUND_BILLING");
            assertRefused(
                    own.post("/v1/billing/authorizations/issue", issueOf(authKey)), 400, "NOT_MATCHES_CUSTOMER_KEY");
            assertRefused(own.post("/v1/billing/nobody", chargeOf(CUSTOMER, orderId, 9_900)), 404, "NOT_FOUND_BILLING");
            assertRefused(own.send(own.toss("/v1/billing/nobody").DELETE()), 400, "BILLING_KEY_NOT_FOUND");
        }
    }

    private Answer charge(String billingKey, String order) {
        return sandbox.post("/v1/billing/" + billingKey, chargeOf(CUSTOMER, order, 9_900));
    }

    private Answer delete(String billingKey) {
        return sandbox.send(
                sandbox.toss("/v1/billing/" + billingKey).method("DELETE", HttpRequest.BodyPublishers.noBody()));
    }

    private static Answer cancel(RunningSandbox at, String paymentKey) {
        return at.post("/v1/payments/" + paymentKey + "/cancel", "{\"cancelReason\": \"구독 해지\"}");
    }

    /** Which of the orders have a payment. */
    private List<String> paid(List<String> orders) {
        return orders.stream()
                .filter(order -> sandbox.get("/v1/payments/orders/" + order).status() == 200)
                .toList();
    }

    private static List<Answer> atOnce(List<Callable<Answer>> calls) throws InterruptedException {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            return callers.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    private static String issued(RunningSandbox at) {
        return issued(at, "9410001234567890");
    }

    private static String issued(RunningSandbox at, String cardNumber) {
        String authKey = at.post(
                        "/control/billing/authorizations",
                        "{\"customerKey\": \"" + CUSTOMER + "\", \"cardNumber\": \"" + cardNumber + "\"}")
                .text("authKey");
        return at.post("/v1/billing/authorizations/issue", issueOf(authKey)).text("billingKey");
    }

    private static String issueOf(String authKey) {
        return "{\"authKey\": \"" + authKey + "\", \"customerKey\": \"" + CUSTOMER + "\"}";
    }

    private static String chargeOf(String customerKey, String orderId, long amount) {
        return """
            {"amount": %d, "customerKey": "%s", "orderId": "%s", "orderName": "정기 구독 3월",
             "customerName": "김하늘", "customerEmail": "sky@example.com"}""".formatted(amount, customerKey, orderId);
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }
}
