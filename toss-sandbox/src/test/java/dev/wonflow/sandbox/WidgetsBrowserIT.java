package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.wonflow.sandbox.RunningSandbox.Answer;
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

/** The widgets, put into a page by the official npm package in a real browser. */
@Tag("browser")
class WidgetsBrowserIT {

    private static final String WIDGET_AUTH = RunningSandbox.basic(RunningSandbox.WIDGET_SECRET_KEY);

    private static Shop shop;
    private static Browser browser;

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

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

    @BeforeEach
    void load() {
        browser.visit(shop);
        assertThat(browser.run("""
                    const toss = await loadTossPayments('%s', { src: '%s/v2/standard' });
                    window.widgets = toss.widgets({ customerKey: ANONYMOUS });
                    """.formatted(RunningSandbox.WIDGET_CLIENT_KEY, sandbox.base())))
                .doesNotContainKey("code");
    }

    @Test
    void a_buyer_chooses_a_card_agrees_to_the_terms_and_pays_by_instalments() throws IOException {
        render(60_000);
        assertThat(browser.run("return window.selected")).isEqualTo(Map.of("value", List.of("CARD")));
        assertThat(request(addresses())).containsEntry("code", "NEED_AGREEMENT_WITH_REQUIRED_TERMS");

        agree();
        assertThat(browser.run("return window.agreed")).isEqualTo(Map.of("value", List.of(false, true)));
        assertThat(request(addresses())).containsEntry("code", "NEED_CARD_PAYMENT_DETAIL");

        browser.enterFrameIn("#methods");
        browser.click("option[value='SAMSUNG']");
        browser.click("option[value='3']");
        browser.leaveFrame();
        browser.picture("widgets");
        begin(addresses());
        browser.enterWindow();
        assertThat(browser.text()).contains("60,000원", "삼성", "3개월").doesNotContain("신한");
        browser.picture("window-of-widgets");
        browser.click("button.primary");

        Map<String, String> back = Browser.parameters(browser.addressFrom(shop.url("/success")));
        String paymentKey = back.getOrDefault("paymentKey", "");
        assertThat(back)
                .containsExactly(
                        entry("paymentType", "NORMAL"),
                        entry("amount", "60000"),
                        entry("orderId", orderId),
                        entry("paymentKey", paymentKey));
        Answer confirmed = sandbox.post(
                "/v1/payments/confirm",
                RunningSandbox.confirmOf(paymentKey, orderId, 60_000),
                "Authorization",
                WIDGET_AUTH);
        assertThat(confirmed.text("status")).as(confirmed.body()).isEqualTo("DONE");
        assertThat(confirmed.json().at("/card/issuerCode").asString()).isEqualTo("51");
        assertThat(confirmed.json().at("/card/installmentPlanMonths").asInt()).isEqualTo(3);
    }

    @Test
    void easy_pay_and_promises_work_from_the_widgets_too() {
        render(33_000);
        agree();
        browser.enterFrameIn("#methods");
        browser.click("input[value='KAKAOPAY']");
        browser.leaveFrame();
        // The choice is on its way from one frame to the other for a moment.
        await().untilAsserted(
                        () -> assertThat(browser.run("return (await window.methods.getSelectedPaymentMethod()).code"))
                                .isEqualTo(Map.of("value", "KAKAOPAY")));

        begin("");
        browser.enterWindow();
        assertThat(browser.text()).contains("카카오페이").doesNotContain("토스페이", "네이버페이");
        browser.click("button.primary");

        Map<?, ?> result = (Map<?, ?>) Objects.requireNonNull(browser.outcome().get("value"));
        assertThat(result.get("paymentType")).isEqualTo("NORMAL");
        Answer confirmed = sandbox.post(
                "/v1/payments/confirm",
                RunningSandbox.confirmOf(String.valueOf(result.get("paymentKey")), orderId, 33_000),
                "Authorization",
                WIDGET_AUTH);
        assertThat(confirmed.text("method")).as(confirmed.body()).isEqualTo("간편결제");
        assertThat(confirmed.json().at("/easyPay/provider").asString()).isEqualTo("카카오페이");
    }

    @Test
    void an_amount_that_changes_changes_what_the_widget_offers() {
        render(33_000);
        browser.enterFrameIn("#methods");
        assertThat(browser.find(".instalments").isDisplayed()).isFalse();
        browser.leaveFrame();

        browser.run("await widgets.setAmount({ currency: 'KRW', value: 50000 })");

        browser.enterFrameIn("#methods");
        await().until(() -> browser.find(".instalments").isDisplayed());
        browser.leaveFrame();
    }

    @Test
    void an_amount_that_is_not_above_zero_is_refused_when_it_is_asked_for() {
        render(33_000);
        agree();
        browser.run("await widgets.setAmount({ currency: 'KRW', value: -1 })");

        assertThat(request(addresses())).containsEntry("code", "BELOW_ZERO_AMOUNT");
    }

    @Test
    void a_widget_that_was_destroyed_makes_room_for_another() {
        render(33_000);

        assertThat(browser.run("""
                await methods.destroy();
                await terms.destroy();
                const left = document.querySelectorAll('iframe').length;
                await widgets.renderPaymentMethods({ selector: '#methods', variantKey: 'DEFAULT' });
                await widgets.renderAgreement({ selector: '#terms', variantKey: 'AGREEMENT' });
                return [left, document.querySelectorAll('iframe').length];
                """)).isEqualTo(Map.of("value", List.of(0L, 2L)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "NOT_SETUP_AMOUNT | await widgets.renderPaymentMethods({ selector: '#methods' })",
                "NOT_SETUP_AMOUNT | await widgets.requestPayment({ orderId: 'order-1', orderName: 'x' })",
                "INVALID_AMOUNT_VALUE | await widgets.setAmount({ currency: 'KRW', value: NaN })",
                "INVALID_AMOUNT_CURRENCY | await widgets.setAmount({ currency: 'EUR', value: 1 })",
                "INVALID_PARAMETERS | await widgets.setAmount(33000)",
                "INVALID_PARAMETERS | await amount(); await widgets.renderPaymentMethods('#methods')",
                "INVALID_PARAMETERS | await amount(); await widgets.renderPaymentMethods({ selector: '#methods', colour: 'red' })",
                "INVALID_PARAMETER | (await widgets.renderAgreement({ selector: '#terms' })).on('agreed', () => {})",
                "INVALID_PARAMETER | (await widgets.renderAgreement({ selector: '#terms' })).on('agreementStatusChange', 'log')",
                "INVALID_SELECTOR | await amount(); await widgets.renderPaymentMethods({ selector: '#nowhere' })",
                "INVALID_SELECTOR | await amount(); await widgets.renderPaymentMethods({ selector: '<div>' })",
                "INVALID_VARIANT_KEY | await amount(); await widgets.renderPaymentMethods({ selector: '#methods', variantKey: 'a b' })",
                "PAYMENT_METHODS_WIDGET_ALREADY_RENDERED | await amount(); await widgets.renderPaymentMethods({ selector: '#methods' }); await widgets.renderPaymentMethods({ selector: '#methods' })",
                "AGREEMENT_WIDGET_ALREADY_RENDERED | await widgets.renderAgreement({ selector: '#terms' }); await widgets.renderAgreement({ selector: '#terms' })",
                "NOT_SELECTED_PAYMENT_METHOD | await amount(); await widgets.requestPayment({ orderId: 'order-1', orderName: 'x' })",
                "NOT_SUPPORTED_API_INDIVIDUAL_KEY | (await loadTossPayments('" + RunningSandbox.CLIENT_KEY
                        + "', { src: SRC })).widgets({ customerKey: ANONYMOUS })",
                "INVALID_CLIENT_KEY | await amount(); const other = (await loadTossPayments('test_gck_nobody', { src: SRC })).widgets({ customerKey: ANONYMOUS }); await other.renderAgreement({ selector: '#terms' })"
            })
    void what_a_shop_gets_wrong_has_a_code(String code, String script) {
        assertThat(browser.run("const SRC = '" + sandbox.base() + "/v2/standard';"
                        + "const amount = () => widgets.setAmount({ currency: 'KRW', value: 33000 });"
                        + script))
                .containsEntry("code", code);
    }

    private void render(long amount) {
        assertThat(browser.run("""
                    await widgets.setAmount({ currency: 'KRW', value: %d });
                    window.methods = await widgets.renderPaymentMethods({ selector: '#methods', variantKey: 'DEFAULT' });
                    window.terms = await widgets.renderAgreement({ selector: '#terms', variantKey: 'AGREEMENT' });
                    window.selected = [];
                    window.agreed = [];
                    methods.on('paymentMethodSelect', (method) => selected.push(method.code));
                    terms.on('agreementStatusChange', (status) => agreed.push(status.agreedRequiredTerms));
                    """.formatted(amount))).doesNotContainKey("code");
    }

    private void agree() {
        browser.enterFrameIn("#terms");
        browser.click("input[data-all]");
        browser.leaveFrame();
    }

    private Map<String, Object> request(String more) {
        return browser.run("await widgets.requestPayment(" + order(more) + ")");
    }

    private void begin(String more) {
        browser.begin("return widgets.requestPayment(" + order(more) + ")");
    }

    private String order(String more) {
        return "{ orderId: '" + orderId + "', orderName: '머그컵 외 1건'" + more + " }";
    }

    private static String addresses() {
        return ", successUrl: '" + shop.url("/success") + "', failUrl: '" + shop.url("/fail") + "'";
    }
}
