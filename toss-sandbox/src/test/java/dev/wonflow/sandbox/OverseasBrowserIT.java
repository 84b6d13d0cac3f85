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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Overseas easy pay through the official npm package in a real browser. */
@Tag("browser")
class OverseasBrowserIT {

    private static final String EVERYTHING = """
            foreignEasyPay: {
              provider: 'PAYPAL', country: 'US',
              products: [{ name: 'Mug', quantity: 2, unitAmount: 5.25, currency: 'USD', description: 'A mug' }],
              shipping: { fullName: 'Kim', address: { country: 'US', line1: '1 Main St', area1: 'CA', area2: 'San Jose' } },
              paymentMethodOptions: { paypal: { setTransactionContext: { sender_account_id: 'kim01' } } },
            }
            """;

    private static Shop shop;
    private static Browser browser;

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final OverseasTill till = new OverseasTill(sandbox);
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
    void a_payment_by_paypal_is_cancelled_and_a_webhook_says_when_its_money_is_back() throws IOException {
        browser.visit(shop);
        browser.begin(loaded("return payment.requestPayment(" + order(EVERYTHING + addresses()) + ")"));
        browser.enterWindow();
        assertThat(browser.text())
                .contains("US$10.50", "해외 간편결제", "페이팔", "US$10.50 결제하기")
                .doesNotContain("알리페이", "토스페이", "원 결제하기");
        browser.picture("window-overseas");
        browser.click("button.primary");
        Map<String, String> back = Browser.parameters(browser.addressFrom(shop.url("/success")));
        String paymentKey = back.getOrDefault("paymentKey", "");
        assertThat(back)
                .containsExactly(entry("amount", "10.5"), entry("orderId", orderId), entry("paymentKey", paymentKey));
        JsonNode confirmed = till.confirm(paymentKey, orderId, back.getOrDefault("amount", ""))
                .json();
        assertThat(confirmed.path("status").asString()).as(confirmed.toString()).isEqualTo("DONE");
        assertThat(confirmed.path("country").asString()).isEqualTo("US");
        new Till(sandbox).cancelBecause(paymentKey, "\"cancelRequestId\": \"cancel-000042\"");

        browser.open(sandbox.base() + "/payments/" + paymentKey);
        assertThat(browser.text()).contains("USD 10.50 취소가 진행 중입니다.");
        browser.picture("control-cancel-in-progress");
        browser.click("#do-finish-cancel-0");

        await().until(() -> webhooks().size() == 3
                && webhooks().stream()
                        .allMatch(webhook -> webhook.path("status").asString().equals("SUCCEEDED")));
        JsonNode last = webhooks().getLast();
        assertThat(last.path("eventType").asString()).isEqualTo("CANCEL_STATUS_CHANGED");
        JsonNode cancel = RunningSandbox.json(last.path("body").asString()).path("data");
        assertThat(cancel.path("cancelStatus").asString()).isEqualTo("DONE");
        assertThat(cancel.path("cancelRequestId").asString()).isEqualTo("cancel-000042");
        assertThat(cancel.path("cancelAmount").toString()).isEqualTo("10.5");
    }

    private List<JsonNode> webhooks() {
        return List.copyOf(sandbox.webhooks(orderId).values());
    }

    @Test
    void the_widgets_offer_overseas_easy_pay_for_dollars_and_nothing_else() throws IOException {
        browser.visit(shop);
        assertThat(browser.run("""
                    const toss = await loadTossPayments('%s', { src: '%s/v2/standard' });
                    window.widgets = toss.widgets({ customerKey: ANONYMOUS });
                    await widgets.setAmount({ currency: 'KRW', value: 33000 });
                    window.methods = await widgets.renderPaymentMethods({ selector: '#methods', variantKey: 'PAYPAL' });
                    await widgets.renderAgreement({ selector: '#terms' });
                    window.selected = [];
                    methods.on('paymentMethodSelect', (method) => selected.push(method.code));
                    await widgets.setAmount({ currency: 'USD', value: 10.5 });
                    """.formatted(RunningSandbox.WIDGET_CLIENT_KEY, sandbox.base())))
                .doesNotContainKey("code");
        await().until(() -> browser.run("return window.selected").equals(Map.of("value", List.of("CARD", "PAYPAL"))));
        browser.enterFrameIn("#methods");
        assertThat(browser.text()).contains("페이팔", "알리페이", "트루머니").doesNotContain("신용", "가상계좌", "토스페이");
        browser.click("input[value='GCASH']");
        browser.enterFrameIn("#terms");
        browser.click("input[data-all]");
        browser.leaveFrame();
        browser.picture("widgets-overseas");

        browser.begin("return widgets.requestPayment({ orderId: '" + orderId
                + "', orderName: 'Mug', foreignEasyPay: { country: 'PH' } })");
        browser.enterWindow();
        assertThat(browser.text()).contains("US$10.50", "지캐시").doesNotContain("페이팔");
        browser.click("button.primary");

        Map<?, ?> result = (Map<?, ?>) Objects.requireNonNull(browser.outcome().get("value"));
        assertThat(result.get("amount")).isEqualTo(Map.of("currency", "USD", "value", 10.5));
        JsonNode confirmed = sandbox.post(
                        "/v1/payments/confirm",
                        """
                        {"paymentKey": "%s", "orderId": "%s", "amount": 10.5}""".formatted(result.get("paymentKey"), orderId),
                        "Authorization",
                        RunningSandbox.basic(RunningSandbox.WIDGET_SECRET_KEY))
                .json();
        assertThat(confirmed.at("/easyPay/provider").asString())
                .as(confirmed.toString())
                .isEqualTo("지캐시");
        assertThat(confirmed.path("country").asString()).isEqualTo("PH");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "INVALID_AMOUNT_CURRENCY | amount: { currency: 'KRW', value: 33000 }",
                "INVALID_AMOUNT_CURRENCY | amount: { currency: 'JPY', value: 1500 }",
                "INVALID_AMOUNT_CURRENCY | method: 'CARD'",
                "INVALID_AMOUNT_VALUE | amount: { currency: 'USD', value: 10.505 }",
                "INVALID_AMOUNT_VALUE | amount: { currency: 'USD', value: '10.5' }",
                "INVALID_AMOUNT_VALUE | amount: { currency: 'JPY', value: 10.5 }, foreignEasyPay: { provider: 'PAYPAY', country: 'JP' }",
                "BELOW_ZERO_AMOUNT | amount: { currency: 'USD', value: -0.01 }",
                "INVALID_PARAMETERS | foreignEasyPay: undefined",
                "INVALID_PARAMETERS | foreignEasyPay: { country: 'US' }",
                "INVALID_PARAMETERS | foreignEasyPay: { provider: 'TOSSPAY', country: 'KR' }",
                "INVALID_PARAMETERS | foreignEasyPay: { provider: 'PAYPAL' }",
                "INVALID_PARAMETERS | foreignEasyPay: { provider: 'PAYPAL', country: 'KOR' }",
                "INVALID_PARAMETERS | foreignEasyPay: { provider: 'PAYPAL', country: 'US', products: {} }",
                "INVALID_PARAMETERS | foreignEasyPay: { provider: 'PAYPAL', country: 'US', products: [{ name: 'Mug' }] }",
                "INVALID_PARAMETERS | foreignEasyPay: { provider: 'PAYPAL', country: 'US', shipping: { address: { country: 'US' } } }",
                "NOT_SUPPORTED_PROMISE | successUrl: null, failUrl: null"
            })
    void what_a_shop_gets_wrong_has_a_code(String code, String wrong) {
        browser.visit(shop);

        Map<String, Object> refused = browser.run(
                loaded("await payment.requestPayment(" + order(EVERYTHING + addresses() + ", " + wrong) + ")"));

        assertThat(refused).containsEntry("code", code);
        assertThat(browser.shows("[data-tosspayments-window]")).isFalse();
    }

    private String loaded(String script) {
        return """
            const toss = await loadTossPayments('%s', { src: '%s/v2/standard' });
            const payment = toss.payment({ customerKey: 'customer-%s' });
            %s
            """.formatted(RunningSandbox.CLIENT_KEY, sandbox.base(), orderId, script);
    }

    private static String addresses() {
        return ", successUrl: '" + shop.url("/success") + "', failUrl: '" + shop.url("/fail") + "'";
    }

    private String order(String more) {
        return "{ method: 'FOREIGN_EASY_PAY', amount: { currency: 'USD', value: 10.5 }, orderId: '" + orderId
                + "', orderName: 'Mug and more', " + more + " }";
    }
}
