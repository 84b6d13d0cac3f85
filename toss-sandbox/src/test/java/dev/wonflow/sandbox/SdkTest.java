package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the script of the browser SDK asks the sandbox for. */
class SdkTest {

    private static final String SHOP = "http://localhost:3000";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void the_script_is_served_to_everybody_without_a_key() {
        Answer script = sandbox.get("/v2/standard");

        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("content-type")).isEqualTo("text/javascript;charset=UTF-8");
        assertThat(script.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(script.body())
                .contains("window.TossPayments = TossPayments", "@@ANONYMOUS")
                .contains("const SETTINGS = {\"unknownParameterRefused\":true,\"destroyOfNothingFails\":true};");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/payment", "/v1/payment-widget"})
    void the_script_of_the_first_version_is_served_too(String address) {
        Answer script = sandbox.send(sandbox.request(address));

        assertThat(script.status()).as(script.body()).isEqualTo(200);
        assertThat(script.header("content-type")).isEqualTo("text/javascript;charset=UTF-8");
        assertThat(script.body()).contains("window.PaymentWidget = PaymentWidget");
    }

    /** As the documentation lists them, with what brandpay has in common with the rest. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AGREEMENT_WIDGET_ALREADY_RENDERED",
                "BELOW_ZERO_AMOUNT",
                "CUSTOM_PAYMENT_METHOD_UNABLE_TO_PAY",
                "EXCEED_MAX_DUE_DATE",
                "INCORRECT_FAIL_URL_FORMAT",
                "INCORRECT_SUCCESS_URL_FORMAT",
                "INSECURE_KEY_USAGE",
                "INVALID_AMOUNT_CURRENCY",
                "INVALID_AMOUNT_VALUE",
                "INVALID_CLIENT_KEY",
                "INVALID_CUSTOMER_KEY",
                "INVALID_METADATA",
                "INVALID_METHOD_TRANSACTION",
                "INVALID_PARAMETER",
                "INVALID_PARAMETERS",
                "INVALID_SELECTOR",
                "INVALID_VARIANT_KEY",
                "NEED_AGREEMENT_WITH_REQUIRED_TERMS",
                "NEED_CARD_PAYMENT_DETAIL",
                "NEED_REFUND_ACCOUNT_DETAIL",
                "NOT_SELECTED_PAYMENT_METHOD",
                "NOT_SETUP_AMOUNT",
                "NOT_SUPPORTED_API_INDIVIDUAL_KEY",
                "NOT_SUPPORTED_METHOD",
                "NOT_SUPPORTED_PROMISE",
                "NOT_SUPPORTED_WIDGET_KEY",
                "PAYMENT_METHODS_WIDGET_ALREADY_RENDERED",
                "UNKNOWN",
                "USER_CANCEL",
                "V1_METHOD_NOT_SUPPORTED"
            })
    void every_code_of_the_sdk_has_words_and_a_cause(String code) {
        String script = sandbox.get("/v2/standard").body();

        assertThat(script).containsPattern("\n    " + code + ": \\['[^']+', '[^']+'\\],");
        assertThat(script).contains("refusal('" + code + "'");
    }

    @Test
    void nothing_but_the_files_it_names_is_served() {
        assertThat(sandbox.get("/sdk/files/window.css").status()).isEqualTo(200);
        assertThat(sandbox.get("/sdk/files/standard.css").status()).isEqualTo(404);
        assertThat(sandbox.get("/sdk/files/..%2Fapplication.yaml").status()).isIn(400, 404);
    }

    @Test
    void a_client_key_opens_a_payment_and_learns_where_its_window_is() {
        Answer opened = opened(request("test_ck"));

        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.header("access-control-allow-origin")).isEqualTo("*");
        String window = opened.text("windowUrl");
        assertThat(window).startsWith(sandbox.base() + "/window/tviva");
        assertThat(sandbox.payment(keyIn(window)).text("status")).isEqualTo("READY");
    }

    @Test
    void a_page_of_another_origin_may_ask() {
        Answer preflight = sandbox.send(sandbox.request("/sdk/payments")
                .header("Origin", SHOP)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("access-control-allow-origin")).isEqualTo("*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq | test_ck_nobody | INVALID_CLIENT_KEY",
                "\"CARD\" | \"CHEQUE\" | NOT_SUPPORTED_METHOD",
                "\"CARD\" | \"FOREIGN_EASY_PAY\" | INVALID_CURRENCY",
                "\"KRW\" | \"USD\" | INVALID_CURRENCY",
                "33000 | 99 | BELOW_MINIMUM_AMOUNT",
                "33000 | null | REQUIRED_AMOUNT",
                "https://shop.example/success | shop.example/success | INCORRECT_SUCCESS_URL_FORMAT",
                "\"https://shop.example/fail\" | null | INCORRECT_FAIL_URL_FORMAT"
            })
    void what_toss_would_refuse_is_refused_in_words_the_page_can_read(String from, String to, String code) {
        Answer refused = opened(request("test_ck").replace(from, to));

        assertThat(refused.status()).isGreaterThanOrEqualTo(400);
        assertThat(refused.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(refused.text("code")).isEqualTo(code);
    }

    @Test
    void the_widgets_say_the_type_of_payment_on_their_way_back_and_the_window_does_not() {
        String windowOfWidget = keyIn(opened(request("test_gck")).text("windowUrl"));
        String window = keyIn(opened(request("test_ck")).text("windowUrl"));

        assertThat(sandbox.post("/window/" + windowOfWidget + "/approve", "").header("location"))
                .isEqualTo("https://shop.example/success?paymentType=NORMAL&amount=33000&orderId=" + orderId
                        + "&paymentKey=" + windowOfWidget);
        assertThat(sandbox.post("/window/" + window + "/approve", "").header("location"))
                .isEqualTo("https://shop.example/success?amount=33000&orderId=" + orderId + "&paymentKey=" + window);
    }

    @Test
    void a_window_in_a_frame_hands_the_address_to_the_page_around_it() {
        String window = keyIn(opened(framed(request("test_ck"))).text("windowUrl"));

        Answer handover = sandbox.post("/window/" + window + "/approve", "");

        assertThat(handover.status()).isEqualTo(200);
        assertThat(handover.body())
                .contains(
                        "data-shop=\"" + SHOP + "\"",
                        "&quot;event&quot;:&quot;redirected&quot;",
                        "https://shop.example/success?amount=33000");
    }

    @Test
    void without_addresses_the_outcome_is_told_and_nobody_is_sent_anywhere() {
        String promised = framed(request("test_ck"))
                .replace("\"https://shop.example/success\"", "null")
                .replace("\"https://shop.example/fail\"", "null");
        String approved = keyIn(opened(promised).text("windowUrl"));
        String declined = keyIn(opened(promised).text("windowUrl"));
        String cancelled = keyIn(opened(promised).text("windowUrl"));

        assertThat(sandbox.post("/window/" + approved + "/approve", "").body().replace("&quot;", "\""))
                .contains("\"event\":\"resolved\"", "\"paymentKey\":\"" + approved + "\"", "\"orderId\":\"" + orderId)
                .contains("\"value\":33000")
                .doesNotContain("paymentType");
        assertThat(sandbox.post("/window/" + declined + "/decline?code=INVALID_STOPPED_CARD", "")
                        .body()
                        .replace("&quot;", "\""))
                .contains("\"event\":\"rejected\"", "\"code\":\"INVALID_STOPPED_CARD\"");
        assertThat(sandbox.post("/window/" + cancelled + "/cancel", "").body()).contains("closed");
        assertThat(sandbox.get("/window/" + cancelled + "/left").body()).contains("closed");
    }

    @Test
    void a_window_lets_itself_be_framed_by_the_shop_that_opened_it_and_by_nobody_else() {
        String framed = keyIn(opened(framed(request("test_ck"))).text("windowUrl"));
        String alone = keyIn(opened(request("test_ck")).text("windowUrl"));

        assertThat(policyOf(framed))
                .contains("default-src 'none'", "frame-ancestors " + SHOP, "form-action 'self';")
                .doesNotContain("unsafe-inline");
        assertThat(policyOf(alone)).contains("frame-ancestors 'none'");
        assertThat(policyOf(sandbox.open(orderId))).contains("frame-ancestors 'none'");
    }

    @Test
    void the_window_speaks_the_language_the_shop_asks_for() {
        String english = opened(request("test_ck").replace("null", "\"JA\"")).text("windowUrl");

        assertThat(english).endsWith("?lang=en");
        assertThat(sandbox.get(URI.create(english).getPath() + "?lang=en").body())
                .contains("lang=\"en\"", "Pay 33,000 won");
    }

    @Test
    void a_widget_is_shown_to_a_widget_key_only() {
        String query = "?origin=" + SHOP + "&amount=33000&clientKey=";

        Answer methods = sandbox.get("/sdk/widgets/payment-methods" + query + RunningSandbox.WIDGET_CLIENT_KEY);
        assertThat(methods.body()).contains("data-shop=\"" + SHOP + "\"", "value=\"CARD\"", "가상계좌");
        assertThat(methods.header("content-security-policy")).contains("frame-ancestors " + SHOP);
        assertThat(sandbox.get("/sdk/widgets/agreement" + query + RunningSandbox.WIDGET_CLIENT_KEY)
                        .body())
                .contains("required data-term=\"payment-service\"");
        assertThat(sandbox.get("/sdk/widgets/payment-methods" + query + RunningSandbox.CLIENT_KEY)
                        .body())
                .contains("data-refused=\"INVALID_CLIENT_KEY\"");
        assertThat(sandbox.get("/sdk/widgets/agreement?origin=javascript:alert(1)&clientKey=x")
                        .header("content-security-policy"))
                .contains("frame-ancestors 'none'");
    }

    @Test
    void what_a_shop_says_of_the_payment_reaches_it() {
        String window = keyIn(opened(
                        request("test_ck")
                                .replace("\"CARD\"", "\"VIRTUAL_ACCOUNT\"")
                                .replace(
                                        "\"language\": null",
                                        "\"language\": null, \"metadata\": {\"size\": \"L\"}, \"taxFreeAmount\": 3000, \"virtualAccount\": {\"validHours\": 24}"))
                .text("windowUrl"));
        sandbox.post("/window/" + window + "/approve", "");

        Answer issued = sandbox.confirm(window, orderId);

        assertThat(issued.json().at("/metadata/size").asString()).isEqualTo("L");
        assertThat(issued.json().at("/taxFreeAmount").asInt()).isEqualTo(3_000);
        OffsetDateTime dueAt =
                OffsetDateTime.parse(issued.json().at("/virtualAccount/dueDate").asString());
        assertThat(dueAt.toInstant()).isBefore(sandbox.now().plus(Duration.ofHours(25)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "EXCEED_MAX_DUE_DATE | {'validHours': 2161}",
                "EXCEED_MAX_DUE_DATE | {'dueDate': '2999-01-01T00:00:00'}",
                "INVALID_DATE | {'dueDate': 'tomorrow'}",
                "INVALID_DATE | {'dueDate': '2001-01-01T00:00:00'}",
                "INVALID_REQUEST | {'validHours': 0}",
                "INVALID_REGISTRATION_NUMBER_TYPE | {'cashReceipt': {'type': '아무거나'}}"
            })
    void a_virtual_account_nobody_could_have_is_refused(String code, String account) {
        assertThat(opened(request("test_ck")
                                .replace("\"CARD\"", "\"VIRTUAL_ACCOUNT\"")
                                .replace(
                                        "\"language\": null",
                                        "\"language\": null, \"virtualAccount\": " + account.replace('\'', '"')))
                        .text("code"))
                .isEqualTo(code);
    }

    @Test
    void the_window_offers_only_what_the_shop_leaves_open() {
        String one = keyIn(opened(request("test_ck")
                        .replace("33000", "60000")
                        .replace(
                                "\"language\": null",
                                "\"card\": {\"cardCompany\": \"HANA\", \"maxCardInstallmentPlan\": 3}"))
                .text("windowUrl"));
        assertThat(sandbox.get("/window/" + one).body())
                .contains("card:HANA", "3개월")
                .doesNotContain("card:SHINHAN", "easy:", "4개월");

        String direct = keyIn(opened(request("test_ck")
                        .replace("\"language\": null", "\"card\": {\"easyPay\": \"토스페이\", \"flowMode\": \"DIRECT\"}"))
                .text("windowUrl"));
        assertThat(sandbox.get("/window/" + direct).body())
                .contains("easy:TOSSPAY")
                .doesNotContain("easy:NAVERPAY", "card:");
    }

    @Test
    void the_window_offers_app_cards_or_overseas_cards_alone_where_the_shop_wants_no_others() {
        String app =
                keyIn(opened(request("test_ck").replace("\"language\": null", "\"card\": {\"useAppCardOnly\": true}"))
                        .text("windowUrl"));
        assertThat(sandbox.get("/window/" + app).body())
                .contains("card:SHINHAN", "card:NONGHYEOP")
                .doesNotContain("card:HANA", "card:VISA", "easy:");

        String overseas = keyIn(opened(request("test_ck")
                        .replace("\"language\": null", "\"card\": {\"useInternationalCardOnly\": true}"))
                .text("windowUrl"));
        assertThat(sandbox.get("/window/" + overseas).body())
                .contains("card:VISA", "card:MASTER", "card:JCB", "card:UNIONPAY")
                .doesNotContain("card:SHINHAN", "easy:", "??");
        assertThat(sandbox.post("/window/" + overseas + "/approve?pay=card:JCB", "")
                        .header("location"))
                .startsWith("https://shop.example/success");
        assertThat(sandbox.confirm(overseas, orderId)
                        .json()
                        .at("/card/issuerCode")
                        .asString())
                .isEqualTo("4J");
    }

    @Test
    void the_direct_flow_of_a_card_company_takes_its_discount_off_at_once() {
        String card = "\"card\": {\"flowMode\": \"%s\", \"cardCompany\": \"%s\", \"discountCode\": \"61HYUNDAI1000\"}";

        Answer discounted = paid(card.formatted("DIRECT", "HYUNDAI"));
        assertThat(discounted.json().at("/discount/amount").asInt()).isEqualTo(1_000);
        assertThat(discounted.json().at("/card/amount").asInt()).isEqualTo(32_000);
        assertThat(discounted.json().at("/totalAmount").asInt()).isEqualTo(33_000);

        assertThat(paid(card.formatted("DEFAULT", "HYUNDAI"))
                        .json()
                        .path("discount")
                        .isNull())
                .isTrue();
        assertThat(paid(card.formatted("DIRECT", "LOTTE"))
                        .json()
                        .path("discount")
                        .isNull())
                .isTrue();
    }

    private Answer paid(String card) {
        String window = keyIn(
                opened(request("test_ck").replace("\"language\": null", card)).text("windowUrl"));
        sandbox.post("/window/" + window + "/approve", "");
        return sandbox.confirm(window, orderId);
    }

    private String policyOf(String window) {
        return sandbox.get("/window/" + window).header("content-security-policy");
    }

    private Answer opened(String body) {
        return sandbox.post("/sdk/payments", body, "Origin", SHOP);
    }

    @ParameterizedTest
    @CsvSource({
        "현대, 3, true, MERCHANT",
        "현대, 6, false, BUYER",
        "하나, 3, false, BUYER",
        "국민, 3, true, CARD_COMPANY",
        "현대, 0, false, null"
    })
    void the_shop_pays_the_interest_of_the_plans_it_names(String company, int months, boolean free, String payer) {
        String plans = "\"card\": {\"freeInstallmentPlans\": [{\"company\": \"HYUNDAI\", \"months\": [2, 3]}]}";
        String paymentKey =
                keyIn(opened(request("test_ck").replace("33000", "60000").replace("\"language\": null", plans))
                        .text("windowUrl"));
        sandbox.post(
                "/control/payments/" + paymentKey + "/authenticate",
                "{\"cardCompany\": \"" + company + "\", \"installmentMonths\": " + months + "}");

        JsonNode card = sandbox.post("/v1/payments/confirm", RunningSandbox.confirmOf(paymentKey, orderId, 60_000))
                .json()
                .path("card");

        assertThat(card.path("isInterestFree").asBoolean()).isEqualTo(free);
        assertThat(card.path("interestPayer").asString("null")).isEqualTo(payer);
    }

    @Test
    void free_instalments_of_a_card_nobody_has_are_refused() {
        String plans = "\"card\": {\"freeInstallmentPlans\": [{\"company\": \"NOBODY\", \"months\": [2]}]}";

        assertThat(opened(request("test_ck").replace("\"language\": null", plans))
                        .text("code"))
                .isEqualTo("INVALID_CARD_COMPANY");
    }

    private String request(String family) {
        return """
            {"clientKey": "%s", "method": "CARD", "currency": "KRW", "amount": 33000, "orderId": "%s",
             "orderName": "머그컵 외 1건", "successUrl": "https://shop.example/success",
             "failUrl": "https://shop.example/fail", "windowTarget": "self", "language": null}
            """.formatted(
                family.equals("test_gck") ? RunningSandbox.WIDGET_CLIENT_KEY : RunningSandbox.CLIENT_KEY, orderId);
    }

    private static String framed(String request) {
        return request.replace("\"self\"", "\"iframe\"");
    }

    private static String keyIn(String windowUrl) {
        return URI.create(windowUrl).getPath().substring("/window/".length());
    }
}
