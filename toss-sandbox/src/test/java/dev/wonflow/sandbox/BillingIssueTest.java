package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.net.http.HttpRequest;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillingIssueTest {

    private static final String CUSTOMER = "5f0c9c0a-52f5-4a3e-9a6d-0e3a6c1d7b11";

    private final RunningSandbox sandbox = RunningSandbox.shared();

    @Test
    void an_auth_key_gets_a_billing_key() {
        Answer issued = issue(authKey(), CUSTOMER);

        assertThat(issued.status()).isEqualTo(200);
        assertThat(issued.text("mId")).isEqualTo("tvivarepublica");
        assertThat(issued.text("customerKey")).isEqualTo(CUSTOMER);
        assertThat(issued.text("method")).isEqualTo("카드");
        assertThat(issued.text("billingKey")).hasSize(44).endsWith("=").matches("[A-Za-z0-9_-]+=");
        assertThat(issued.text("authenticatedAt"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?\\+09:00");
        assertThat(issued.json().path("card").toString())
                .isEqualTo("{\"issuerCode\":\"21\",\"acquirerCode\":\"21\",\"number\":\"94100012****789*\","
                        + "\"cardType\":\"신용\",\"ownerType\":\"개인\"}");
        assertThat(issued.json().propertyNames())
                .containsExactly(
                        "mId",
                        "customerKey",
                        "authenticatedAt",
                        "method",
                        "billingKey",
                        "card",
                        "cardCompany",
                        "cardNumber");
    }

    @Test
    void it_was_authenticated_at_a_microsecond() {
        // One of a million times ends in six zeros, and is told without them.
        assertThat(Stream.generate(() -> issue(authKey(), CUSTOMER).text("authenticatedAt"))
                        .limit(3))
                .anyMatch(time -> time.matches(".*\\.\\d{1,6}\\+09:00"));
    }

    @Test
    void the_billing_object_of_the_documentation_is_a_setting() {
        try (RunningSandbox own = RunningSandbox.start("wonflow.sandbox.assumptions.billing-as-recorded=false")) {
            Answer issued = own.post("/v1/billing/authorizations/card", cardOf("9410001234567890"));

            assertThat(issued.text("authenticatedAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+09:00");
            assertThat(issued.json().has("transfers")).isTrue();
            assertThat(issued.json().path("transfers").isNull()).isTrue();
            assertThat(issued.json().has("easyPay")).isTrue();
            assertThat(issued.json().path("easyPay").isNull()).isTrue();
        }
    }

    @Test
    void english_is_spoken_on_request() {
        Answer issued = sandbox.post(
                "/v1/billing/authorizations/issue", issueOf(authKey(), CUSTOMER), "Accept-Language", "en-US");

        assertThat(issued.text("method")).isEqualTo("CARD");
        assertThat(issued.json().at("/card/cardType").asString()).isEqualTo("CREDIT");
    }

    @Test
    void an_auth_key_is_good_once() {
        String authKey = authKey();
        issue(authKey, CUSTOMER);

        assertRefused(issue(authKey, CUSTOMER), 400, "INVALID_BILLING_AUTH");
    }

    @Test
    void of_many_exchanges_at_once_exactly_one_gets_a_billing_key() throws Exception {
        String authKey = authKey();
        Callable<Integer> exchange = () -> issue(authKey, CUSTOMER).status();

        List<Future<Integer>> answers;
        try (ExecutorService merchants = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = merchants.invokeAll(
                    Stream.generate(() -> exchange).limit(20).toList());
        }

        assertThat(answers.stream().map(Future::resultNow).filter(status -> status == 200))
                .hasSize(1);
    }

    @Test
    void an_auth_key_is_of_no_use_for_another_customer_and_not_spent_by_it() {
        String authKey = authKey();

        assertRefused(issue(authKey, "another-customer"), 400, "INVALID_BILLING_AUTH");
        assertThat(issue(authKey, CUSTOMER).status()).isEqualTo(200);
    }

    @Test
    void an_auth_key_nobody_knows_is_refused() {
        assertRefused(issue("e_00000000000000000000000000000000", CUSTOMER), 400, "INVALID_BILLING_AUTH");
        assertRefused(issue("e".repeat(301), CUSTOMER), 400, "INVALID_REQUEST");
    }

    @Test
    void an_auth_key_works_with_the_secret_key_of_its_client_key_only() {
        Answer issued = sandbox.send(sandbox.request("/v1/billing/authorizations/issue")
                .header("Authorization", RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY))
                .POST(HttpRequest.BodyPublishers.ofString(issueOf(authKey(), CUSTOMER))));

        assertRefused(issued, 400, "INVALID_API_KEY");
    }

    @Test
    void an_auth_key_grows_old() {
        try (RunningSandbox own = RunningSandbox.start("wonflow.sandbox.billing.auth-key-lifetime=5m")) {
            String young = own.post("/control/billing/authorizations", "{\"customerKey\": \"" + CUSTOMER + "\"}")
                    .text("authKey");
            String old = own.post("/control/billing/authorizations", "{\"customerKey\": \"" + CUSTOMER + "\"}")
                    .text("authKey");
            own.advance("PT4M59S");
            assertThat(own.post("/v1/billing/authorizations/issue", issueOf(young, CUSTOMER))
                            .status())
                    .isEqualTo(200);
            own.advance("PT1S");
            assertRefused(
                    own.post("/v1/billing/authorizations/issue", issueOf(old, CUSTOMER)), 400, "INVALID_BILLING_AUTH");
        }
    }

    @Test
    void an_account_is_billed_by_transfer() {
        String authKey = sandbox.post(
                        "/control/billing/authorizations",
                        "{\"customerKey\": \"" + CUSTOMER + "\", \"method\": \"계좌이체\"}")
                .text("authKey");

        Answer issued = issue(authKey, CUSTOMER);

        assertThat(issued.text("method")).isEqualTo("계좌이체");
        assertThat(issued.json().path("card").isNull()).isTrue();
        assertThat(issued.json().path("transfers").isArray()).isTrue();
        assertThat(issued.json().at("/transfers/0/bankName").asString()).isEqualTo("신한");
        assertThat(issued.json().at("/transfers/0/bankAccountNumber").asString())
                .contains("*");
        assertThat(issued.json().path("cardNumber").isNull()).isTrue();
    }

    @Test
    void before_2024_06_01_the_card_is_told_twice() {
        Answer issued = issue(authKey(), CUSTOMER);

        assertThat(issued.text("cardCompany")).isEqualTo("하나");
        assertThat(issued.text("cardNumber")).isEqualTo("94100012****789*");
    }

    @Test
    void from_2024_06_01_on_the_card_is_told_once() {
        try (RunningSandbox own = RunningSandbox.start("wonflow.sandbox.merchants[0].api-version=2024-06-01")) {
            Answer issued = own.post("/v1/billing/authorizations/card", cardOf("9410001234567890"));

            assertThat(issued.status()).isEqualTo(200);
            assertThat(issued.json().has("cardCompany")).isFalse();
            assertThat(issued.json().has("cardNumber")).isFalse();
            assertThat(issued.json().at("/card/number").asString()).isEqualTo("94100012****789*");
        }
    }

    @Test
    void a_card_gets_a_billing_key() {
        Answer issued = issueByCard(cardOf("9410001234567890"));

        assertThat(issued.status()).isEqualTo(200);
        assertThat(issued.json().at("/card/issuerCode").asString()).isEqualTo("21");
        assertThat(issued.json().at("/card/cardType").asString()).isEqualTo("신용");
        assertThat(issued.json().at("/card/ownerType").asString()).isEqualTo("개인");
    }

    @Test
    void a_card_nobody_knows_the_kind_of_gets_a_billing_key() {
        Answer issued = issueByCard(cardOf("4330121234567890"));

        assertThat(issued.status()).isEqualTo(200);
        assertThat(issued.json().at("/card/cardType").asString()).isEqualTo("미확인");
    }

    @Test
    void a_card_of_a_business_says_so() {
        Answer issued = issueByCard(cardOf("9410001234567890").replace("900101", "1234567890"));

        assertThat(issued.json().at("/card/ownerType").asString()).isEqualTo("법인");
    }

    @ParameterizedTest
    @CsvSource({
        "9410008800000001, 400, INVALID_STOPPED_CARD",
        "9410008800000002, 400, INVALID_REJECT_CARD",
        "9410008800000003, 400, INVALID_CARD_PASSWORD",
        "9410008800000004, 400, INVALID_CARD_IDENTITY",
        "9410008800000005, 400, NOT_REGISTERED_CARD_COMPANY",
        "9410008800000006, 403, REJECT_CARD_COMPANY",
        "9410008800000007, 403, EXCEED_MAX_AUTH_COUNT",
        "9410008800000008, 400, NOT_SUPPORTED_CARD_TYPE",
        "9410008800000009, 500, FAILED_BILL_KEY_AUTH_CREATION",
        "941000, 400, INVALID_CARD_NUMBER",
        "9410-0012-3456-7890, 400, INVALID_CARD_NUMBER"
    })
    void some_card_numbers_are_refused(String number, int status, String code) {
        assertRefused(issueByCard(cardOf(number)), status, code);
    }

    @ParameterizedTest
    @CsvSource({
        "cardExpirationYear, 20, INVALID_CARD_EXPIRATION",
        "cardExpirationYear, 2030, INVALID_CARD_EXPIRATION",
        "cardExpirationMonth, 13, INVALID_CARD_EXPIRATION",
        "cardExpirationMonth, 1, INVALID_CARD_EXPIRATION",
        "customerIdentityNumber, 19900101, INVALID_BIRTH_DAY_FORMAT",
        "cardPassword, 1, INVALID_CARD_PASSWORD",
        "customerEmail, nobody, INVALID_EMAIL"
    })
    void card_details_have_their_forms(String field, String value, String code) {
        String body = cardOf("9410001234567890");
        String changed = body.contains(field)
                ? body.replaceFirst("\"" + field + "\": \"[^\"]*\"", "\"" + field + "\": \"" + value + "\"")
                : body.replace("}", ", \"" + field + "\": \"" + value + "\"}");

        assertRefused(issueByCard(changed), 400, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cardNumber", "cardExpirationYear", "cardExpirationMonth", "customerIdentityNumber"})
    void card_details_have_to_be_there(String field) {
        assertRefused(
                issueByCard(cardOf("9410001234567890").replace("\"" + field + "\"", "\"other\"")),
                400,
                "INVALID_REQUEST");
    }

    @Test
    void a_card_is_good_until_the_end_of_its_month_on_the_sandbox_clock() {
        try (RunningSandbox own = RunningSandbox.start()) {
            YearMonth month = YearMonth.from(own.now().atZone(ZoneId.of("Asia/Seoul")));
            String thisMonth = cardOf("9410001234567890")
                    .replace("\"30\"", "\"%02d\"".formatted(month.getYear() % 100))
                    .replace("\"12\"", "\"%02d\"".formatted(month.getMonthValue()));
            assertThat(own.post("/v1/billing/authorizations/card", thisMonth).status())
                    .isEqualTo(200);
            own.advance("P31D");
            assertRefused(own.post("/v1/billing/authorizations/card", thisMonth), 400, "INVALID_CARD_EXPIRATION");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "bad key!", "누구"})
    void a_customer_key_may_be_almost_anything(String customerKey) {
        assertThat(issueByCard(cardOf("9410001234567890").replace(CUSTOMER, customerKey))
                        .text("customerKey"))
                .isEqualTo(customerKey);
    }

    @Test
    void a_customer_key_of_301_characters_breaks_the_database() {
        String body = cardOf("9410001234567890");

        assertThat(issueByCard(body.replace(CUSTOMER, "k".repeat(300))).status())
                .isEqualTo(200);
        assertRefused(issueByCard(body.replace(CUSTOMER, "k".repeat(301))), 500, "FAILED_DB_PROCESSING");
        assertRefused(issueByCard(body.replace(CUSTOMER, "k")), 400, "INVALID_CUSTOMER_KEY");
    }

    @Test
    void the_same_idempotency_key_gets_the_same_billing_key() {
        String authKey = authKey();
        String key = "issue-" + authKey;
        Answer first =
                sandbox.post("/v1/billing/authorizations/issue", issueOf(authKey, CUSTOMER), "Idempotency-Key", key);
        Answer again =
                sandbox.post("/v1/billing/authorizations/issue", issueOf(authKey, CUSTOMER), "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void a_control_call_without_a_browser_says_what_it_expects() {
        assertThat(sandbox.post("/control/billing/authorizations", "{}").text("message"))
                .isEqualTo("customerKey: none (expected: 2 to 300 characters)");
        assertThat(sandbox.post(
                                "/control/billing/authorizations",
                                "{\"customerKey\": \"" + CUSTOMER + "\", \"method\": \"CASH\"}")
                        .text("message"))
                .contains("method: CASH (expected: CARD, TRANSFER");
        assertRefused(
                sandbox.post(
                        "/control/billing/authorizations",
                        "{\"customerKey\": \"" + CUSTOMER + "\", \"clientKey\": \"" + RunningSandbox.WIDGET_CLIENT_KEY
                                + "\"}"),
                400,
                "INVALID_CLIENT_KEY");
        assertThat(sandbox.post("/control/billing/nobody/authenticate", "{}").status())
                .isEqualTo(404);
    }

    @Test
    void a_guest_cannot_be_billed() {
        assertRefused(
                sandbox.post("/control/billing/authorizations", "{\"customerKey\": \"@@ANONYMOUS\"}"),
                400,
                "INVALID_CUSTOMER_KEY");
    }

    private String authKey() {
        return sandbox.post("/control/billing/authorizations", "{\"customerKey\": \"" + CUSTOMER + "\"}")
                .text("authKey");
    }

    private Answer issue(String authKey, String customerKey) {
        return sandbox.post("/v1/billing/authorizations/issue", issueOf(authKey, customerKey));
    }

    private Answer issueByCard(String body) {
        return sandbox.post("/v1/billing/authorizations/card", body);
    }

    private static String issueOf(String authKey, String customerKey) {
        return "{\"authKey\": \"" + authKey + "\", \"customerKey\": \"" + customerKey + "\"}";
    }

    private static String cardOf(String number) {
        return """
            {"customerKey": "%s", "cardNumber": "%s", "cardExpirationYear": "30", "cardExpirationMonth": "12",
             "customerIdentityNumber": "900101"}""".formatted(CUSTOMER, number);
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }
}
