package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a merchant sets its widgets to, and what they refuse where the window would not. */
class WidgetTest {

    private static RunningSandbox sandbox;

    private final String orderId = RunningSandbox.newOrderId();

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start(
                "wonflow.sandbox.widget.variant-keys=DEFAULT,AGREEMENT",
                "wonflow.sandbox.widget.deposit-limit=1000000",
                "wonflow.sandbox.widget.refund-account=true",
                "wonflow.sandbox.widget.custom-methods[0].key=VOUCHER",
                "wonflow.sandbox.widget.custom-methods[0].name=문화바우처");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void an_easy_pay_provider_that_takes_no_test_payments_is_refused_by_the_widget_alone() {
        String payco = ", \"easyPay\": \"PAYCO\"";

        assertThat(opened(RunningSandbox.WIDGET_CLIENT_KEY, "CARD", 33_000, payco)
                        .text("code"))
                .isEqualTo("UNSUPPORTED_TEST_PHASE_PAYMENT_METHOD");
        assertThat(opened(RunningSandbox.CLIENT_KEY, "CARD", 33_000, payco).status())
                .isEqualTo(200);
        assertThat(opened(RunningSandbox.WIDGET_CLIENT_KEY, "CARD", 33_000, ", \"easyPay\": \"TOSSPAY\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_virtual_account_takes_as_much_as_the_merchant_allows() {
        assertThat(opened(RunningSandbox.WIDGET_CLIENT_KEY, "VIRTUAL_ACCOUNT", 1_000_000, "")
                        .status())
                .isEqualTo(200);
        Answer refused = opened(RunningSandbox.WIDGET_CLIENT_KEY, "VIRTUAL_ACCOUNT", 1_000_001, "");
        assertThat(refused.text("code")).isEqualTo("EXCEED_DEPOSIT_AMOUNT_LIMIT");
        assertThat(refused.text("message")).isEqualTo("가상계좌 입금 제한 금액을 초과했어요. 다른 결제수단을 이용해주세요.");
        assertThat(opened(RunningSandbox.WIDGET_CLIENT_KEY, "TRANSFER", 1_000_001, "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_provider_out_of_order_is_refused_until_it_recovers() {
        String samsung = ", \"card\": {\"cardCompany\": \"SAMSUNG\"}";
        String window = keyIn(opened(RunningSandbox.CLIENT_KEY, "CARD", 33_000, samsung));
        assertThat(unhealthy("SAMSUNG").status()).isEqualTo(201);
        assertThat(sandbox.get("/control/unhealthy-providers").body()).isEqualTo("[{\"name\":\"SAMSUNG\"}]");

        assertThat(opened(RunningSandbox.WIDGET_CLIENT_KEY, "CARD", 33_000, samsung)
                        .text("code"))
                .isEqualTo("PROVIDER_STATUS_UNHEALTHY");
        assertThat(opened(RunningSandbox.WIDGET_CLIENT_KEY, "CARD", 33_000, samsung.replace("SAMSUNG", "LOTTE"))
                        .status())
                .isEqualTo(200);
        assertThat(sandbox.post("/window/" + window + "/approve", "").body()).contains("현재 점검 중인 결제 수단입니다.");
        assertThat(sandbox.payment(window).text("status")).isEqualTo("READY");

        assertThat(recovers("SAMSUNG").status()).isEqualTo(204);
        assertThat(sandbox.post("/window/" + window + "/approve", "").status()).isEqualTo(303);
    }

    @Test
    void what_is_out_of_order_belongs_to_a_snapshot() {
        String snapshot = sandbox.post("/control/snapshots", "{}").text("id");
        unhealthy("KAKAOPAY");

        sandbox.post("/control/snapshots/" + snapshot + "/reset", "{}");

        assertThat(sandbox.get("/control/unhealthy-providers").body()).isEqualTo("[]");
    }

    @Test
    void a_provider_nobody_knows_is_neither_out_of_order_nor_recovers() {
        assertThat(unhealthy("GOLDEN").status()).isEqualTo(400);
        assertThat(unhealthy("GOLDEN").text("message")).contains("name: GOLDEN (expected: one of ", "SAMSUNG");
        assertThat(recovers("CITI").status()).isEqualTo(404);
    }

    @Test
    void the_refund_account_of_the_widget_comes_with_the_payment() {
        String account = ", \"virtualAccount\": {\"refundReceiveAccount\":"
                + " {\"bankCode\": \"20\", \"accountNumber\": \"1002123456789\", \"holderName\": \"김하늘\"}}";
        String window = keyIn(opened(RunningSandbox.CLIENT_KEY, "VIRTUAL_ACCOUNT", 33_000, account));
        sandbox.post("/window/" + window + "/approve", "");

        Answer issued = sandbox.confirm(window, orderId);

        assertThat(issued.json().at("/virtualAccount/refundReceiveAccount").toString())
                .isEqualTo("{\"bankCode\":\"20\",\"accountNumber\":\"1002123456789\",\"holderName\":\"김하늘\"}");
        assertThat(opened(
                                RunningSandbox.CLIENT_KEY,
                                "VIRTUAL_ACCOUNT",
                                33_000,
                                account.replace("1002123456789", "X100"))
                        .text("code"))
                .isEqualTo("INVALID_REFUND_ACCOUNT_NUMBER");
    }

    @Test
    void the_widget_shows_what_the_merchant_set() {
        assertThat(widget("payment-methods", ""))
                .contains("value=\"VOUCHER\"", "문화바우처", "data-more=\"refund\"")
                .doesNotContain("??");
        assertThat(RunningSandbox.shared().get(path("payment-methods", "")).body())
                .doesNotContain("VOUCHER", "data-more=\"refund\"");
    }

    @Test
    void a_variant_the_merchant_does_not_have_is_refused() {
        assertThat(widget("agreement", "&variantKey=AGREEMENT")).contains("data-term");
        assertThat(widget("agreement", "&variantKey=CUSTOM-1")).contains("data-refused=\"INVALID_VARIANT_KEY\"");
        assertThat(widget("payment-window", "&paymentMethod=CUSTOM-1"))
                .contains("data-refused=\"INVALID_VARIANT_KEY\"");
        assertThat(widget("payment-window", "&agreement=AGREEMENT"))
                .contains("data-term", "data-close", "33,000원 결제하기")
                .doesNotContain("??");
    }

    private static String widget(String name, String more) {
        return sandbox.get(path(name, more)).body();
    }

    private static String path(String name, String more) {
        return "/sdk/widgets/" + name + "?origin=http://localhost:3000&amount=33000&clientKey="
                + RunningSandbox.WIDGET_CLIENT_KEY + more;
    }

    private static Answer unhealthy(String name) {
        return sandbox.post("/control/unhealthy-providers", "{\"name\": \"" + name + "\"}");
    }

    private static Answer recovers(String name) {
        return sandbox.send(sandbox.request("/control/unhealthy-providers/" + name)
                .method("DELETE", HttpRequest.BodyPublishers.noBody()));
    }

    private Answer opened(String clientKey, String method, long amount, String more) {
        return sandbox.post("/sdk/payments", """
            {"clientKey": "%s", "method": "%s", "currency": "KRW", "amount": %d, "orderId": "%s",
             "orderName": "머그컵 외 1건", "successUrl": "https://shop.example/success",
             "failUrl": "https://shop.example/fail"%s}
            """.formatted(clientKey, method, amount, orderId, more));
    }

    private static String keyIn(Answer opened) {
        return URI.create(opened.text("windowUrl")).getPath().substring("/window/".length());
    }
}
