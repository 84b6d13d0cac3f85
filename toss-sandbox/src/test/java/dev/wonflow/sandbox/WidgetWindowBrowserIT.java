package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The widgets as a window, and as a merchant sets them, shown by the official npm package in a real browser. */
@Tag("browser")
class WidgetWindowBrowserIT {

    private static RunningSandbox sandbox;
    private static Shop shop;
    private static Browser browser;

    private final String orderId = RunningSandbox.newOrderId();

    @BeforeAll
    static void start() throws IOException {
        sandbox = RunningSandbox.start(
                "wonflow.sandbox.widget.variant-keys=DEFAULT,AGREEMENT",
                "wonflow.sandbox.widget.deposit-limit=1000000",
                "wonflow.sandbox.widget.refund-account=true",
                "wonflow.sandbox.widget.custom-methods[0].key=VOUCHER",
                "wonflow.sandbox.widget.custom-methods[0].name=문화바우처");
        shop = Shop.open();
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
        shop.close();
        sandbox.close();
    }

    @BeforeEach
    void load() {
        visit(browser);
    }

    @Test
    void a_buyer_chooses_and_agrees_in_the_window_and_pays_where_the_shop_sends_them() throws IOException {
        open();
        browser.enterWindow();
        assertThat(browser.text()).contains("Mugs & Co", "결제 방법", "33,000원");
        browser.click("button.primary");
        assertThat(requests()).as("nothing is agreed to").isEqualTo(List.of());

        browser.enterWindow();
        browser.click("option[value='SAMSUNG']");
        browser.click("input[data-all]");
        browser.picture("payment-window");
        browser.click("button.primary");
        browser.enterTopWindow();
        assertThat(browser.text()).contains("삼성").doesNotContain("신한");
        browser.click("button.primary");

        Map<String, String> back = Browser.parameters(browser.addressFrom(shop.url("/success")));
        String paymentKey = back.getOrDefault("paymentKey", "");
        assertThat(back)
                .containsExactly(
                        entry("paymentType", "NORMAL"),
                        entry("amount", "33000"),
                        entry("orderId", orderId),
                        entry("paymentKey", paymentKey));
    }

    @Test
    void who_leaves_the_card_company_is_back_in_the_window_and_may_choose_again() {
        open();
        browser.enterWindow();
        browser.click("input[value='TRANSFER']");
        browser.click("input[data-all]");
        browser.click("button.primary");
        browser.enterTopWindow();
        browser.click("a.close");

        browser.enterWindow();
        browser.click("input[value='TOSSPAY']");
        browser.click("button.primary");
        browser.enterTopWindow();
        assertThat(browser.text()).contains("토스페이");
        assertThat(requests()).isEqualTo(List.of("TRANSFER", "TOSSPAY"));
        assertThat(browser.run("return window.refused")).isEqualTo(Map.of("value", List.of("USER_CANCEL")));
    }

    @Test
    void a_buyer_who_gives_up_is_told_once_the_window_is_gone_and_destroy_tells_nobody() {
        open();
        browser.enterWindow();
        browser.click("[data-close]");
        browser.leaveFrame();
        assertThat(
                        browser.run(
                                "await new Promise((done) => { const ask = () => cancelled.length ? done() : setTimeout(ask, 20); ask(); }); return cancelled"))
                .isEqualTo(Map.of("value", List.of(0L)));

        open();
        browser.enterWindow();
        browser.find("[data-close]");
        browser.escape();
        browser.leaveFrame();
        assertThat(
                        browser.run(
                                "await new Promise((done) => { const ask = () => cancelled.length ? done() : setTimeout(ask, 20); ask(); }); return cancelled.length"))
                .isEqualTo(Map.of("value", 1L));

        open();
        assertThat(browser.run(
                        "await shown.destroy(); return [cancelled.length, document.querySelectorAll('iframe').length]"))
                .isEqualTo(Map.of("value", List.of(0L, 0L)));
    }

    @Test
    void the_window_follows_the_amount() {
        open();
        browser.run("await widgets.setAmount({ currency: 'KRW', value: 50000 })");
        browser.enterWindow();

        assertThat(browser.find("button.primary").getText()).isEqualTo("50,000원 결제하기");
        assertThat(browser.find(".instalments").isDisplayed()).isTrue();
    }

    @Test
    void the_older_call_opens_the_window_and_asks_for_the_payment_itself() {
        browser.begin(
                "return widgets.requestPaymentWindow({ amount: { currency: 'KRW', value: 33000 }, orderId: '" + orderId
                        + "', orderName: '머그컵 외 1건' }, { variantKey: { paymentMethod: 'DEFAULT', agreement: 'AGREEMENT' } })");
        browser.enterWindow();
        browser.click("input[value='TRANSFER']");
        browser.click("input[data-all]");
        browser.click("button.primary");
        browser.enterTopWindow();
        browser.click("button.primary");

        Map<?, ?> result = (Map<?, ?>) Objects.requireNonNull(browser.outcome().get("value"));
        assertThat(result.get("orderId")).isEqualTo(orderId);
        assertThat(result.get("paymentType")).isEqualTo("NORMAL");
        assertThat(browser.shows("iframe")).isFalse();

        browser.begin("return widgets.requestPaymentWindow({ amount: { currency: 'KRW', value: 33000 }, orderId: '"
                + orderId + "', orderName: '머그컵 외 1건' })");
        browser.enterWindow();
        browser.click("[data-close]");
        assertThat(browser.outcome()).containsEntry("code", "USER_CANCEL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "NOT_SETUP_AMOUNT | await widgets.renderPaymentWindow()",
                "INVALID_VARIANT_KEY | await amount(); await widgets.renderPaymentWindow({ variantKey: { agreement: 'CUSTOM-1' } })",
                "INVALID_VARIANT_KEY | await amount(); await widgets.renderPaymentMethods({ selector: '#methods', variantKey: 'CUSTOM-1' })",
                "INVALID_PARAMETERS | await amount(); await widgets.renderPaymentWindow({ variantKey: 'DEFAULT' })",
                "PAYMENT_WINDOW_ALREADY_RENDERED | await amount(); await widgets.renderPaymentWindow(); await widgets.renderPaymentWindow()",
                "INVALID_PARAMETER | await amount(); (await widgets.renderPaymentWindow()).on('success', () => {})",
                "INVALID_PARAMETER | await amount(); (await widgets.renderPaymentWindow()).on('cancel')",
                "NEED_AGREEMENT_WITH_REQUIRED_TERMS | await amount(); await widgets.renderPaymentWindow(); await widgets.requestPayment({ orderId: 'order-1', orderName: 'x' })",
                "INVALID_PARAMETERS | await widgets.requestPaymentWindow({ orderId: 'order-1', orderName: 'x' })",
                "BELOW_ZERO_AMOUNT | await widgets.requestPaymentWindow({ amount: { currency: 'KRW', value: 0 }, orderId: 'order-1', orderName: 'x' })"
            })
    void what_a_shop_gets_wrong_has_a_code(String code, String script) {
        assertThat(browser.run("const amount = () => widgets.setAmount({ currency: 'KRW', value: 33000 });" + script))
                .containsEntry("code", code);
    }

    @Test
    void on_a_phone_the_window_fills_the_screen_and_the_payment_takes_its_place() throws IOException {
        try (Browser phone = Browser.startAsPhone()) {
            visit(phone);
            open(phone);
            phone.enterWindow();
            phone.click("input[value='VIRTUAL_ACCOUNT']");
            phone.find("#refund-bank");
            phone.picture("payment-window-phone");
            phone.click("input[value='TRANSFER']");
            phone.click("input[data-all]");
            phone.click("button.primary");
            phone.addressFrom(sandbox.base() + "/window/");
            phone.click("button.primary");

            assertThat(Browser.parameters(phone.addressFrom(shop.url("/success"))))
                    .containsEntry("orderId", orderId);
        }
    }

    @Test
    void a_virtual_account_asks_where_a_refund_is_to_go_and_takes_no_more_than_allowed() throws IOException {
        render(33_000);
        choose("VIRTUAL_ACCOUNT");
        assertThat(request()).containsEntry("code", "NEED_REFUND_ACCOUNT_DETAIL");

        browser.enterFrameIn("#methods");
        browser.click("#refund-bank option[value='20']");
        browser.find("#refund-holder").sendKeys("김하늘");
        browser.find("#refund-number").sendKeys("1002-123");
        browser.picture("widgets-refund");
        browser.leaveFrame();
        assertThat(request()).as("not only digits").containsEntry("code", "NEED_REFUND_ACCOUNT_DETAIL");

        browser.enterFrameIn("#methods");
        browser.find("#refund-number").clear();
        browser.find("#refund-number").sendKeys("1002123456789");
        browser.leaveFrame();
        browser.run("await widgets.setAmount({ currency: 'KRW', value: 1000001 })");
        await().untilAsserted(() -> assertThat(request()).containsEntry("code", "EXCEED_DEPOSIT_AMOUNT_LIMIT"));

        browser.run("await widgets.setAmount({ currency: 'KRW', value: 33000 })");
        browser.begin("return widgets.requestPayment({ orderId: '" + orderId + "', orderName: '머그컵 외 1건' })");
        browser.enterWindow();
        browser.click("button.primary");
        Map<?, ?> result = (Map<?, ?>) Objects.requireNonNull(browser.outcome().get("value"));
        RunningSandbox.Answer issued = sandbox.post(
                "/v1/payments/confirm",
                RunningSandbox.confirmOf(String.valueOf(result.get("paymentKey")), orderId, 33_000),
                "Authorization",
                RunningSandbox.basic(RunningSandbox.WIDGET_SECRET_KEY));
        assertThat(issued.json()
                        .at("/virtualAccount/refundReceiveAccount/accountNumber")
                        .asString())
                .as(issued.body())
                .isEqualTo("1002123456789");
    }

    @Test
    void a_method_of_the_merchants_own_is_shown_and_cannot_be_paid_by() {
        render(33_000);
        choose("VOUCHER");

        assertThat(request()).containsEntry("code", "CUSTOM_PAYMENT_METHOD_UNABLE_TO_PAY");
    }

    @Test
    void a_provider_without_test_payments_and_one_out_of_order_are_refused() {
        render(33_000);
        choose("PAYCO");
        assertThat(request()).containsEntry("code", "UNSUPPORTED_TEST_PHASE_PAYMENT_METHOD");

        sandbox.post("/control/unhealthy-providers", "{\"name\": \"NAVERPAY\"}");
        choose("NAVERPAY");
        assertThat(request())
                .containsEntry("code", "PROVIDER_STATUS_UNHEALTHY")
                .containsEntry("message", "결제 기관(카드사, 은행, 국세청 등) 오류입니다. 다른 결제수단을 선택해 주세요.");
    }

    private static void visit(Browser browser) {
        browser.visit(shop);
        assertThat(browser.run("""
                    const toss = await loadTossPayments('%s', { src: '%s/v2/standard' });
                    window.widgets = toss.widgets({ customerKey: ANONYMOUS });
                    """.formatted(RunningSandbox.WIDGET_CLIENT_KEY, sandbox.base())))
                .doesNotContainKey("code");
    }

    private void open() {
        open(browser);
    }

    private void open(Browser in) {
        assertThat(in.run("""
                    await widgets.setAmount({ currency: 'KRW', value: 33000 });
                    window.requests = [];
                    window.refused = [];
                    window.cancelled = [];
                    window.shown = await widgets.renderPaymentWindow({
                      variantKey: { paymentMethod: 'DEFAULT', agreement: 'AGREEMENT' },
                    });
                    shown.on('paymentRequest', async ({ paymentMethod }) => {
                      requests.push(paymentMethod.code);
                      await widgets.requestPayment({
                        orderId: '%s', orderName: '머그컵 외 1건', successUrl: '%s', failUrl: '%s',
                      }).catch((error) => refused.push(error.code));
                    });
                    shown.on('cancel', async () => cancelled.push(document.querySelectorAll('iframe').length));
                    """.formatted(orderId, shop.url("/success"), shop.url("/fail"))))
                .doesNotContainKey("code");
    }

    private List<?> requests() {
        browser.leaveFrame();
        return (List<?>)
                Objects.requireNonNull(browser.run("return window.requests").get("value"));
    }

    private void render(long amount) {
        assertThat(browser.run("""
                    await widgets.setAmount({ currency: 'KRW', value: %d });
                    window.methods = await widgets.renderPaymentMethods({ selector: '#methods' });
                    window.terms = await widgets.renderAgreement({ selector: '#terms', variantKey: 'AGREEMENT' });
                    """.formatted(amount))).doesNotContainKey("code");
        browser.enterFrameIn("#terms");
        browser.click("input[data-all]");
        browser.leaveFrame();
        browser.run("await new Promise((done) => setTimeout(done, 0))");
    }

    private void choose(String code) {
        browser.enterFrameIn("#methods");
        browser.click("input[value='" + code + "']");
        browser.leaveFrame();
        await().until(() -> browser.run("return (await methods.getSelectedPaymentMethod()).code")
                .equals(Map.of("value", code)));
    }

    private Map<String, Object> request() {
        return browser.run("await widgets.requestPayment({ orderId: '" + orderId + "', orderName: '머그컵 외 1건' })");
    }
}
