package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The billing window, opened by the official npm package in a real browser. */
@Tag("browser")
class BillingBrowserIT {

    private static Shop shop;
    private static Browser browser;

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();
    private final String customerKey = "customer-" + orderId;

    @BeforeAll
    static void start() throws IOException {
        shop = Shop.open();
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
        shop.close();
    }

    @Test
    void an_authorisation_becomes_a_billing_key_that_can_be_charged() throws IOException {
        begin("method: 'CARD', " + addresses());
        browser.enterWindow();
        assertThat(browser.find("#number").getDomProperty("value")).isEqualTo("9410001234567890");
        browser.picture("billing");
        browser.click("button.primary");

        Map<String, String> back = Browser.parameters(browser.addressFrom(shop.url("/success")));

        assertThat(back.keySet()).containsExactly("mine", "customerKey", "authKey");
        assertThat(back).containsEntry("customerKey", customerKey);
        Answer issued =
                sandbox.post("/v1/billing/authorizations/issue", """
                {"authKey": "%s", "customerKey": "%s"}""".formatted(back.get("authKey"), customerKey));
        assertThat(issued.status()).as(issued.body()).isEqualTo(200);
        Answer charged = sandbox.post(
                "/v1/billing/" + issued.text("billingKey").replace("=", "%3D"), """
                {"amount": 9900, "customerKey": "%s", "orderId": "%s", "orderName": "월 구독"}
                """.formatted(customerKey, orderId));
        assertThat(charged.text("status")).as(charged.body()).isEqualTo("DONE");
        assertThat(charged.text("type")).isEqualTo("BILLING");
    }

    @Test
    void an_account_can_be_authorised_too_and_in_place_of_the_shop() {
        begin("method: 'TRANSFER', windowTarget: 'self', " + addresses());
        browser.addressFrom(sandbox.base() + "/billing-window/");
        assertThat(browser.text()).contains("계좌로 자동결제", "신한 110*****6789");
        browser.click("button.primary");

        assertThat(Browser.parameters(browser.addressFrom(shop.url("/success"))))
                .containsEntry("customerKey", customerKey);
    }

    @Test
    void a_card_that_gets_no_key_keeps_the_buyer_in_the_window() {
        begin("method: 'CARD', " + addresses());
        browser.enterWindow();
        browser.find("#number").clear();
        browser.find("#number").sendKeys("9410008800000001");
        browser.click("button.primary");

        assertThat(browser.find("[role='alert']").getText()).isEqualTo("정지된 카드 입니다.");
        assertThat(browser.find("#number").getDomProperty("value")).isEqualTo("9410008800000001");
    }

    @Test
    void a_decline_and_a_cancel_come_back_without_an_order() {
        begin("method: 'CARD', " + addresses());
        browser.enterWindow();
        browser.click("form[action*='/decline'] button");
        assertThat(Browser.parameters(browser.addressFrom(shop.url("/fail"))))
                .containsOnlyKeys("mine", "code", "message")
                .containsEntry("code", "REJECT_CARD_COMPANY");

        begin("method: 'CARD', " + addresses());
        browser.enterWindow();
        browser.click("form[action*='/cancel'] button");
        assertThat(Browser.parameters(browser.addressFrom(shop.url("/fail"))))
                .containsOnlyKeys("mine", "code", "message")
                .containsEntry("code", "PAY_PROCESS_CANCELED");
    }

    @Test
    void closing_the_window_tells_the_page() {
        begin("method: 'CARD', " + addresses());
        browser.enterWindow();
        browser.click("a.close");

        assertThat(browser.outcome()).containsEntry("code", "USER_CANCEL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "NOT_SUPPORTED_METHOD | method: 'VIRTUAL_ACCOUNT'",
                "INVALID_CUSTOMER_KEY | customer: ANONYMOUS",
                "INCORRECT_SUCCESS_URL_FORMAT | successUrl: undefined",
                "INCORRECT_FAIL_URL_FORMAT | failUrl: '/fail'",
                "INVALID_PARAMETERS | selectableCardTypes: ['FOREIGN']",
                "INVALID_PARAMETERS | flowMode: 'DIRECT'",
                "INVALID_PARAMETERS | easyPay: 'TOSSPAY'",
                "INVALID_PARAMETERS | amount: 100"
            })
    void what_a_shop_gets_wrong_has_a_code(String code, String wrong) {
        browser.visit(shop);

        assertThat(browser.run("const r = { method: 'CARD', " + addresses() + ", " + wrong + " };"
                        + """
                    const toss = await loadTossPayments('%s', { src: '%s/v2/standard' });
                    const { customer, ...request } = r;
                    await toss.payment({ customerKey: customer ?? '%s' }).requestBillingAuth(request);
                    """.formatted(RunningSandbox.CLIENT_KEY, sandbox.base(), customerKey)))
                .containsEntry("code", code);
    }

    private void begin(String request) {
        browser.visit(shop);
        browser.begin("""
                const toss = await loadTossPayments('%s', { src: '%s/v2/standard' });
                return toss.payment({ customerKey: '%s' }).requestBillingAuth({ %s });
                """.formatted(RunningSandbox.CLIENT_KEY, sandbox.base(), customerKey, request));
    }

    private static String addresses() {
        return "successUrl: '" + shop.url("/success?mine=1") + "', failUrl: '" + shop.url("/fail?mine=1") + "'";
    }
}
