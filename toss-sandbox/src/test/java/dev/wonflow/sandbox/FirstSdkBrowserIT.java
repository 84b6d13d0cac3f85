package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shops that never left the first version of the SDK, by its official npm packages. */
@Tag("browser")
class FirstSdkBrowserIT {

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

    @Test
    void a_card_payment_ends_with_its_money_taken() {
        begin("await toss.requestPayment('카드', { %s, %s, cardCompany: '신한', flowMode: 'DIRECT' })"
                .formatted(order(), addresses()));
        browser.enterWindow();
        assertThat(browser.text()).contains("신한", "33,000원").doesNotContain("삼성");
        browser.click("button.primary");

        Map<String, String> back = Browser.parameters(browser.addressFrom(shop.url("/success")));
        assertThat(back).contains(entry("amount", "33000"), entry("orderId", orderId));
        assertThat(sandbox.confirm(back.getOrDefault("paymentKey", ""), orderId).text("status"))
                .isEqualTo("DONE");
    }

    @Test
    void a_promise_tells_the_amount_as_a_number() {
        begin("return await toss.requestPayment('가상계좌', { %s, validHours: 24, cashReceipt: { type: '소득공제' } })"
                .formatted(order()));
        browser.enterWindow();
        browser.click("button.primary");

        Map<?, ?> result = (Map<?, ?>) Objects.requireNonNull(browser.outcome().get("value"));
        assertThat(result.get("amount")).isEqualTo(33_000L);
        assertThat(sandbox.confirm(String.valueOf(result.get("paymentKey")), orderId)
                        .text("status"))
                .isEqualTo("WAITING_FOR_DEPOSIT");
    }

    @Test
    void a_window_that_is_closed_is_told_and_another_can_be_opened() {
        begin("return await toss.requestPayment('토스페이', { %s })".formatted(order()));
        browser.enterWindow();
        assertThat(browser.text()).contains("토스페이").doesNotContain("네이버페이");
        browser.click("a.close");
        assertThat(browser.outcome()).containsEntry("code", "USER_CANCEL");

        begin("return await toss.requestPayment({ %s })".formatted(order()));
        browser.enterWindow();
        browser.click("button.primary");
        assertThat(browser.outcome()).containsKey("value");
    }

    @Test
    void an_authorisation_becomes_a_billing_key() {
        begin("await toss.requestBillingAuth('카드', { customerKey: 'customer-%s', %s })"
                .formatted(orderId, addresses()));
        browser.enterWindow();
        browser.click("button.primary");

        Map<String, String> back = Browser.parameters(browser.addressFrom(shop.url("/success")));
        assertThat(sandbox.post(
                                "/v1/billing/authorizations/issue",
                                "{\"customerKey\": \"customer-%s\", \"authKey\": \"%s\"}"
                                        .formatted(orderId, back.getOrDefault("authKey", "")))
                        .text("billingKey"))
                .isNotEmpty();
    }

    @Test
    void the_widget_of_the_first_version_takes_a_changed_amount() {
        browser.visit(shop);
        browser.begin("""
                const { ANONYMOUS, loadPaymentWidget } = await import('/payment-widget-sdk.js');
                const widget = await loadPaymentWidget('%s', ANONYMOUS, undefined, { src: '%s/v1/payment-widget' });
                const methods = widget.renderPaymentMethods('#methods', { value: 40000 }, { variantKey: 'DEFAULT' });
                const terms = widget.renderAgreement('#terms', { variantKey: 'AGREEMENT' });
                methods.on('ready', async () => {
                  await methods.updateAmount(33000, methods.UPDATE_REASON.COUPON);
                  document.body.dataset.ready = methods.getSelectedPaymentMethod().method;
                });
                terms.on('change', (status) => { document.body.dataset.agreed = status.agreedRequiredTerms; });
                window.pay = () => widget.requestPayment({ orderId: '%s', orderName: '머그컵', %s });
                """.formatted(RunningSandbox.WIDGET_CLIENT_KEY, sandbox.base(), orderId, addresses()));
        browser.find("body[data-ready='CARD']");
        browser.enterFrameIn("#methods");
        browser.click("option[value='SAMSUNG']");
        browser.enterFrameIn("#terms");
        browser.click("input[data-all]");
        browser.leaveFrame();
        browser.find("body[data-agreed='true']");
        browser.begin("await window.pay()");
        browser.enterWindow();
        browser.click("button.primary");

        Map<String, String> back = Browser.parameters(browser.addressFrom(shop.url("/success")));
        assertThat(back).contains(entry("paymentType", "NORMAL"), entry("amount", "33000"));
    }

    private void begin(String script) {
        browser.visit(shop);
        browser.begin("""
                const { loadTossPayments } = await import('/payment-sdk.js');
                const toss = await loadTossPayments('%s', { src: '%s/v1/payment' });
                %s""".formatted(RunningSandbox.CLIENT_KEY, sandbox.base(), script));
    }

    private String order() {
        return "amount: 33000, orderId: '%s', orderName: '머그컵 외 1건', customerName: '김하늘'".formatted(orderId);
    }

    private static String addresses() {
        return "successUrl: '%s', failUrl: '%s'".formatted(shop.url("/success"), shop.url("/fail"));
    }
}
