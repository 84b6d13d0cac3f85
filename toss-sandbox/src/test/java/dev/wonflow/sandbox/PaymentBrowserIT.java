package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.wonflow.sandbox.RunningSandbox.Answer;
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

/** The payment window, opened by the official npm package in a real browser. */
@Tag("browser")
class PaymentBrowserIT {

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
    void a_card_payment_ends_with_its_money_taken() throws IOException {
        begin("payment.requestPayment(" + order("CARD", addresses()) + ")");
        browser.enterWindow();
        assertThat(browser.text()).contains("Mugs & Co", "머그컵 외 1건", "총액", "33,000원", "실제로 결제되지 않습니다");
        browser.picture("window");
        browser.click("button.primary");

        Map<String, String> back = Browser.parameters(browser.addressFrom(shop.url("/success")));

        assertThat(back)
                .containsExactly(
                        entry("mine", "1"),
                        entry("amount", "33000"),
                        entry("orderId", orderId),
                        entry("paymentKey", back.getOrDefault("paymentKey", "")));
        Answer confirmed = sandbox.confirm(back.getOrDefault("paymentKey", ""), orderId);
        assertThat(confirmed.text("status")).isEqualTo("DONE");
        assertThat(confirmed.text("method")).isEqualTo("카드");
    }

    @Test
    void a_shop_that_knows_nothing_of_the_buyer_may_say_so_with_empty_texts() {
        begin("payment.requestPayment({ method: 'CARD', amount: { currency: 'KRW', value: 33000 }, orderId: '" + orderId
                + "', orderName: '머그컵 외 1건', customerName: '', customerEmail: '' })");
        browser.enterWindow();
        browser.click("button.primary");

        assertThat(browser.outcome()).containsKey("value");
    }

    @Test
    void a_buyer_pays_into_a_virtual_account_and_the_bank_takes_it_back() throws IOException {
        begin("payment.requestPayment(" + order("VIRTUAL_ACCOUNT", addresses() + ", virtualAccount: { validHours: 24 }")
                + ")");
        browser.enterWindow();
        browser.click("input[name='bank'][value='81']");
        browser.click("button.primary");
        String paymentKey =
                Browser.parameters(browser.addressFrom(shop.url("/success"))).getOrDefault("paymentKey", "");
        Answer issued = sandbox.confirm(paymentKey, orderId);
        assertThat(issued.text("status")).as(issued.body()).isEqualTo("WAITING_FOR_DEPOSIT");
        assertThat(issued.json().at("/virtualAccount/bankCode").asString()).isEqualTo("81");

        browser.open(sandbox.base() + "/window/" + paymentKey);
        assertThat(browser.text())
                .contains(
                        "하나", issued.json().at("/virtualAccount/accountNumber").asString(), "33,000원", "김하늘");
        browser.picture("deposit");
        browser.click("form[action*='/deposit'] input[name='amount'] + button");
        assertThat(browser.find("[role='alert']").getText()).contains("은행이 입금을 거절했습니다", "32900");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("WAITING_FOR_DEPOSIT");

        browser.click("button.primary");
        assertThat(browser.find("[role='status']").getText()).isEqualTo("김하늘 님이 입금했습니다.");
        browser.picture("deposited");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("DONE");

        browser.click("form[action*='/reverse-deposit'] button");
        browser.find("button.primary");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("WAITING_FOR_DEPOSIT");
    }

    @Test
    void every_method_of_the_window_ends_as_a_payment_by_it() {
        Map.of(
                        "TRANSFER", "계좌이체",
                        "MOBILE_PHONE", "휴대폰",
                        "CULTURE_GIFT_CERTIFICATE", "문화상품권",
                        "BOOK_GIFT_CERTIFICATE", "도서문화상품권",
                        "GAME_GIFT_CERTIFICATE", "게임문화상품권")
                .forEach((method, korean) -> {
                    begin("payment.requestPayment(" + order(method, "") + ")");
                    browser.enterWindow();
                    browser.click("button.primary");
                    Map<?, ?> result =
                            (Map<?, ?>) Objects.requireNonNull(browser.outcome().get("value"));
                    assertThat(sandbox.confirm(String.valueOf(result.get("paymentKey")), orderId)
                                    .text("method"))
                            .isEqualTo(korean);
                });
    }

    @Test
    void the_window_can_take_the_place_of_the_shop() {
        begin("payment.requestPayment(" + order("CARD", addresses() + ", windowTarget: 'self'") + ")");

        browser.addressFrom(sandbox.base() + "/window/");
        browser.click("button.primary");

        assertThat(Browser.parameters(browser.addressFrom(shop.url("/success"))))
                .containsEntry("orderId", orderId);
    }

    @Test
    void a_shop_may_send_the_buyer_on_to_another_origin() {
        begin("payment.requestPayment("
                + order("CARD", addresses().replace("/success", "/onwards") + ", windowTarget: 'self'") + ")");

        browser.addressFrom(sandbox.base() + "/window/");
        browser.click("button.primary");

        String address = browser.addressFrom(shop.url("/success").replace("localhost", "127.0.0.1"));
        assertThat(Browser.parameters(address)).containsEntry("orderId", orderId);
    }

    @Test
    void a_buyer_who_cancels_comes_back_without_an_order() {
        begin("payment.requestPayment(" + order("CARD", addresses()) + ")");
        browser.enterWindow();
        browser.click("form[action*='/cancel'] button");

        Map<String, String> back = Browser.parameters(browser.addressFrom(shop.url("/fail")));

        assertThat(back)
                .containsExactly(
                        entry("mine", "1"),
                        entry("code", "PAY_PROCESS_CANCELED"),
                        entry("message", "사용자에 의해 결제가 취소되었습니다."));
    }

    @Test
    void a_decline_comes_back_with_the_code_the_buyer_chose() {
        begin("payment.requestPayment(" + order("CARD", addresses() + ", windowTarget: 'self'") + ")");
        browser.addressFrom(sandbox.base() + "/window/");
        browser.click("option[value='INVALID_STOPPED_CARD']");
        browser.click("form[action*='/decline'] button");

        Map<String, String> back = Browser.parameters(browser.addressFrom(shop.url("/fail")));

        assertThat(back)
                .containsEntry("code", "INVALID_STOPPED_CARD")
                .containsEntry("message", "정지된 카드 입니다.")
                .containsEntry("orderId", orderId);
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).text("status")).isEqualTo("ABORTED");
    }

    @Test
    void closing_the_window_tells_the_page_and_changes_nothing() {
        begin("payment.requestPayment(" + order("CARD", addresses()) + ")");
        browser.enterWindow();
        browser.click("a.close");

        assertThat(browser.outcome()).containsEntry("code", "USER_CANCEL");
        assertThat(browser.shows("[data-tosspayments-window]")).isFalse();
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).text("status")).isEqualTo("READY");
    }

    @Test
    void escape_closes_the_window_wherever_the_focus_is() {
        begin("payment.requestPayment(" + order("CARD", addresses()) + ")");
        browser.enterWindow();
        browser.find("button.primary");
        browser.escape();
        assertThat(browser.outcome()).containsEntry("code", "USER_CANCEL");

        begin("payment.requestPayment(" + order("CARD", "") + ")");
        browser.enterWindow();
        browser.find("button.primary");
        browser.leaveFrame();
        browser.run("document.activeElement.blur()");
        browser.escape();
        assertThat(browser.outcome()).containsEntry("code", "USER_CANCEL");
        assertThat(browser.shows("[data-tosspayments-window]")).isFalse();
    }

    @Test
    void without_addresses_the_promise_is_kept_with_what_a_confirm_needs() {
        begin("payment.requestPayment(" + order("CARD", "") + ")");
        browser.enterWindow();
        browser.click("button.primary");

        Map<?, ?> result = (Map<?, ?>) Objects.requireNonNull(browser.outcome().get("value"));

        String paymentKey = String.valueOf(result.get("paymentKey"));
        assertThat(result)
                .isEqualTo(Map.of(
                        "paymentKey",
                        paymentKey,
                        "orderId",
                        orderId,
                        "amount",
                        Map.of("currency", "KRW", "value", 33000L)));
        assertThat(browser.shows("[data-tosspayments-window]")).isFalse();
        assertThat(sandbox.confirm(paymentKey, orderId).text("status")).isEqualTo("DONE");
    }

    @Test
    void a_promise_is_broken_by_a_decline_and_by_a_cancel() {
        begin("payment.requestPayment(" + order("CARD", "") + ")");
        browser.enterWindow();
        browser.click("form[action*='/decline'] button");
        assertThat(browser.outcome())
                .containsEntry("code", "REJECT_CARD_COMPANY")
                .containsEntry("message", "결제 승인이 거절되었습니다.");

        begin("payment.requestPayment(" + order("CARD", "") + ")");
        browser.enterWindow();
        browser.click("form[action*='/cancel'] button");
        assertThat(browser.outcome()).containsEntry("code", "USER_CANCEL");
    }

    @Test
    void destroying_a_request_takes_its_window_away() {
        begin("window.payment = payment; return payment.requestPayment(" + order("CARD", "") + ")");
        browser.enterWindow();
        browser.find("button.primary");
        browser.leaveFrame();

        assertThat(browser.run("return window.payment.requestPayment(" + order("CARD", "") + ")"))
                .containsEntry("code", "INVALID_METHOD_TRANSACTION");
        browser.run("await window.payment.destroy()");

        assertThat(browser.outcome()).containsEntry("code", "PAYMENT_REQUEST_ABORTED");
        assertThat(browser.run("await window.payment.destroy()")).containsEntry("code", "NO_ACTIVE_PAYMENT_REQUEST");
        assertThat(browser.shows("[data-tosspayments-window]")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INVALID_CLIENT_KEY | 'nonsense' | 'customer-1'",
                "INVALID_CLIENT_KEY | 'live_ck_docs' | 'customer-1'",
                "INSECURE_KEY_USAGE | '" + RunningSandbox.SECRET_KEY + "' | 'customer-1'",
                "NOT_SUPPORTED_WIDGET_KEY | '" + RunningSandbox.WIDGET_CLIENT_KEY + "' | 'customer-1'",
                "INSECURE_KEY_USAGE | '" + RunningSandbox.CLIENT_KEY + "' | '" + RunningSandbox.SECRET_KEY + "'",
                "INVALID_CUSTOMER_KEY | '" + RunningSandbox.CLIENT_KEY + "' | 'x'",
                "INVALID_CUSTOMER_KEY | '" + RunningSandbox.CLIENT_KEY + "' | 'has space'",
                "INVALID_CUSTOMER_KEY | '" + RunningSandbox.CLIENT_KEY + "' | undefined"
            },
            quoteCharacter = '"')
    void a_wrong_key_is_refused_at_once(String code, String clientKey, String customerKey) {
        browser.visit(shop);

        assertThat(browser.run("""
                    const toss = await loadTossPayments(%s, { src: '%s/v2/standard' });
                    toss.payment({ customerKey: %s });
                    """.formatted(clientKey, sandbox.base(), customerKey)))
                .containsEntry("code", code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "NOT_SUPPORTED_METHOD | method: 'CHEQUE'",
                "INVALID_AMOUNT_VALUE | amount: { currency: 'KRW', value: '33000' }",
                "INVALID_AMOUNT_VALUE | amount: { currency: 'KRW', value: 33000.5 }",
                "BELOW_ZERO_AMOUNT | amount: { currency: 'KRW', value: -1 }",
                "BELOW_ZERO_AMOUNT | amount: { currency: 'KRW', value: 0 }",
                "BELOW_MINIMUM_AMOUNT | amount: { currency: 'KRW', value: 99 }",
                "INVALID_AMOUNT_CURRENCY | amount: { currency: 'USD', value: 30 }",
                "INVALID_PARAMETERS | amount: undefined",
                "INVALID_PARAMETERS | orderId: 'short'",
                "INVALID_PARAMETERS | orderId: 1234567",
                "INVALID_PARAMETERS | orderName: ''",
                "INVALID_PARAMETERS | customerMobilePhone: '010-1234-5678'",
                "INVALID_PARAMETERS | windowTarget: 'popup'",
                "INVALID_PARAMETERS | taxFreeAmount: 33001",
                "INVALID_PARAMETERS | colour: 'red'",
                "INVALID_PARAMETERS | card: { colour: 'red' }",
                "INVALID_PARAMETERS | card: 'SAMSUNG'",
                "INVALID_PARAMETERS | card: { language: 'FR' }",
                "INVALID_PARAMETERS | card: { flowMode: 'DIRECT' }",
                "INVALID_PARAMETERS | card: { freeInstallmentPlans: [{ company: '41', months: ['3'] }] }",
                "INVALID_PARAMETERS | card: { cardInstallmentPlan: 3, maxCardInstallmentPlan: 6 }",
                "INVALID_PARAMETERS | virtualAccount: { cashReceipt: {} }",
                "INVALID_PARAMETERS | virtualAccount: { validHours: 24, dueDate: '2999-01-01T00:00:00' }",
                "INVALID_PARAMETERS | mobilePhone: { mobileCarriers: ['ATT'] }",
                "INCORRECT_SUCCESS_URL_FORMAT | successUrl: '/success'",
                "INCORRECT_SUCCESS_URL_FORMAT | successUrl: null",
                "INCORRECT_FAIL_URL_FORMAT | failUrl: 'shop.example/fail'",
                "NOT_SUPPORTED_PROMISE | successUrl: null, failUrl: null, windowTarget: 'self'",
                "INVALID_METADATA | metadata: { 'a[0]': 'x' }",
                "INVALID_METADATA | metadata: { a: 1 }",
                "EXCEED_MAX_DUE_DATE | virtualAccount: { validHours: 2161 }"
            })
    void what_a_shop_gets_wrong_has_a_code(String code, String wrong) {
        browser.visit(shop);

        Map<String, Object> refused =
                browser.run(loaded("await payment.requestPayment(" + order("CARD", addresses() + ", " + wrong) + ")"));

        assertThat(refused).containsEntry("code", code);
        assertThat(String.valueOf(refused.get("message"))).isNotBlank();
        assertThat(browser.shows("[data-tosspayments-window]")).isFalse();
    }

    @Test
    void a_key_nobody_knows_is_refused_by_the_server() {
        browser.visit(shop);

        assertThat(browser.run(loaded("await payment.requestPayment(" + order("CARD", addresses()) + ")")
                        .replace(RunningSandbox.CLIENT_KEY, "test_ck_nobody")))
                .containsEntry("code", "INVALID_CLIENT_KEY");
    }

    @Test
    void methods_of_the_first_version_say_that_they_are_gone() {
        browser.visit(shop);

        assertThat(browser.run(loaded("toss.requestPayment('카드', {})")))
                .containsEntry("code", "V1_METHOD_NOT_SUPPORTED");
        assertThat(browser.run(loaded("return [ANONYMOUS, TossPayments.ANONYMOUS]")))
                .isEqualTo(Map.of("value", List.of("@@ANONYMOUS", "@@ANONYMOUS")));
    }

    @Test
    void the_package_can_clear_the_script_and_load_it_again() {
        browser.visit(shop);

        assertThat(browser.run(loaded("""
                clearTossPayments();
                const gone = window.TossPayments === undefined;
                const again = await loadTossPayments('%s', { src: '%s/v2/standard' });
                return [gone, typeof again.payment];
                """.formatted(RunningSandbox.CLIENT_KEY, sandbox.base()))))
                .isEqualTo(Map.of("value", List.of(true, "function")));
    }

    @Test
    void on_a_phone_the_window_takes_the_place_of_the_shop_and_promises_are_refused() throws IOException {
        try (Browser phone = Browser.startAsPhone()) {
            phone.visit(shop);
            assertThat(phone.run(loaded("await payment.requestPayment(" + order("CARD", "") + ")")))
                    .containsEntry("code", "NOT_SUPPORTED_PROMISE");

            phone.begin(loaded("return payment.requestPayment(" + order("CARD", addresses()) + ")"));
            phone.addressFrom(sandbox.base() + "/window/");
            phone.picture("window-phone");
            phone.click("button.primary");

            assertThat(Browser.parameters(phone.addressFrom(shop.url("/success"))))
                    .containsEntry("orderId", orderId);
        }
    }

    @Test
    void the_window_speaks_english_to_a_browser_that_does() throws IOException {
        try (Browser english = Browser.startInEnglish()) {
            english.visit(shop);
            english.begin(loaded("return payment.requestPayment(" + order("CARD", addresses()) + ")"));
            english.enterWindow();

            assertThat(english.text()).contains("Total", "33,000 won", "No money moves");
            english.picture("window-english");
        }
    }

    @Test
    void nothing_of_the_window_is_stopped_by_its_own_policy() {
        begin("payment.requestPayment(" + order("CARD", "") + ")");
        browser.enterWindow();
        browser.click("button.primary");
        browser.outcome();

        assertThat(browser.complaints()).isEmpty();
    }

    private void begin(String request) {
        browser.visit(shop);
        browser.begin(loaded(request.contains("return") ? request : "return " + request));
    }

    private String loaded(String script) {
        return """
            const toss = await loadTossPayments('%s', { src: '%s/v2/standard' });
            const payment = toss.payment({ customerKey: 'customer-%s' });
            %s
            """.formatted(RunningSandbox.CLIENT_KEY, sandbox.base(), orderId, script);
    }

    private static String addresses() {
        return ", successUrl: '" + shop.url("/success?mine=1") + "', failUrl: '" + shop.url("/fail?mine=1") + "'";
    }

    private String order(String method, String more) {
        return "{ method: '" + method + "', amount: { currency: 'KRW', value: 33000 }, orderId: '" + orderId
                + "', orderName: '머그컵 외 1건', customerName: '김하늘'" + more + " }";
    }
}
