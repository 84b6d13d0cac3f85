package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WindowTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void the_window_shows_what_is_to_be_paid_and_three_ways_out() {
        String paymentKey = sandbox.open(orderId);

        Answer page = sandbox.get("/window/" + paymentKey);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.body())
                .contains("lang=\"ko\"", "Mugs &amp; Co", "33,000원", "머그컵 외 1건", "카드", orderId)
                .contains("/window/" + paymentKey + "/approve")
                .contains("/window/" + paymentKey + "/decline")
                .contains("/window/" + paymentKey + "/cancel");
        assertThat(sandbox.send(sandbox.request("/window/" + paymentKey).header("Accept-Language", "en-GB,en;q=0.9"))
                        .body())
                .contains("lang=\"en\"", "Pay 33,000 won", "Decline", "Cancel");
    }

    @Test
    void what_the_merchant_wrote_is_shown_and_not_run() {
        String paymentKey = sandbox.post(
                        "/v1/payments",
                        RunningSandbox.sessionOf(orderId, 33_000).replace("머그컵 외 1건", "<script>alert(1)</script>"))
                .text("paymentKey");

        assertThat(sandbox.get("/window/" + paymentKey).body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>");
        assertThat(sandbox.get("/").body()).doesNotContain("<script>");
    }

    @Test
    void approving_leads_to_the_success_address_and_keeps_its_parameters() {
        String paymentKey = sandbox.open(orderId);

        Answer redirect = sandbox.post("/window/" + paymentKey + "/approve", "");

        assertThat(redirect.status()).isEqualTo(303);
        assertThat(redirect.header("location"))
                .isEqualTo("https://shop.example/success?attempt=1&amount=33000&orderId=" + orderId + "&paymentKey="
                        + paymentKey);
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
        assertThat(sandbox.post("/window/" + paymentKey + "/approve", "").header("location"))
                .isEqualTo(redirect.header("location"));
    }

    @Test
    void a_decline_leads_to_the_fail_address_with_the_order() {
        String paymentKey = sandbox.open(orderId);

        Answer redirect = sandbox.post("/window/" + paymentKey + "/decline", "");

        assertThat(decoded(redirect.header("location")))
                .isEqualTo(
                        "https://shop.example/fail?attempt=1&code=REJECT_CARD_COMPANY&message=결제 승인이 거절되었습니다.&orderId="
                                + orderId);
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("ABORTED");
        assertThat(sandbox.payment(paymentKey).json().at("/failure/code").asString())
                .isEqualTo("REJECT_CARD_COMPANY");
    }

    @Test
    void giving_up_leads_to_the_fail_address_without_the_order_and_changes_nothing() {
        String paymentKey = sandbox.open(orderId);

        Answer redirect = sandbox.post("/window/" + paymentKey + "/cancel", "");

        assertThat(decoded(redirect.header("location")))
                .isEqualTo(
                        "https://shop.example/fail?attempt=1&code=PAY_PROCESS_CANCELED&message=사용자에 의해 결제가 취소되었습니다.");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("READY");
    }

    @Test
    void the_control_calls_lead_to_the_same_addresses() {
        String paymentKey = sandbox.open(orderId);
        String control = "/control/payments/" + paymentKey;

        assertThat(sandbox.post(control + "/cancel", "").text("redirectUrl"))
                .startsWith("https://shop.example/fail?attempt=1&code=PAY_PROCESS_CANCELED&message=%EC");
        assertThat(sandbox.post(control + "/authenticate", "{}").text("redirectUrl"))
                .endsWith("&paymentKey=" + paymentKey);
        assertThat(sandbox.post(control + "/decline", "{\"code\": \"INVALID_STOPPED_CARD\"}")
                        .text("redirectUrl"))
                .contains("code=INVALID_STOPPED_CARD");
        assertThat(sandbox.post(control + "/decline", "{\"code\": \"NO_SUCH_CODE\"}")
                        .status())
                .isEqualTo(400);
        assertThat(sandbox.post("/control/payments/nobody/authenticate", "{}").text("code"))
                .isEqualTo("NOT_FOUND_PAYMENT");
    }

    @Test
    void a_query_and_a_fragment_stay_where_they_are() {
        String paymentKey = sandbox.post(
                        "/v1/payments",
                        RunningSandbox.sessionOf(orderId, 33_000)
                                .replace("https://shop.example/success?attempt=1", "https://shop.example/success#paid"))
                .text("paymentKey");

        assertThat(sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{}")
                        .text("redirectUrl"))
                .isEqualTo("https://shop.example/success?amount=33000&orderId=" + orderId + "&paymentKey=" + paymentKey
                        + "#paid");
    }

    @Test
    void a_window_left_open_for_too_long_says_so() {
        String paymentKey = sandbox.open(orderId);
        sandbox.advance("PT31M");

        Answer redirect = sandbox.post("/window/" + paymentKey + "/approve", "");

        assertThat(redirect.header("location")).isEqualTo("/window/" + paymentKey);
        assertThat(sandbox.get("/window/" + paymentKey).body())
                .contains("EXPIRED")
                .doesNotContain("<form");
    }

    @Test
    void a_payment_nobody_opened_has_a_page_that_says_so() {
        Answer page = sandbox.get("/window/nobody");

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body()).contains("존재하지 않는 결제입니다.");
    }

    @Test
    void the_buyer_picks_the_card_and_the_instalments() {
        String paymentKey = sandbox.post("/v1/payments", RunningSandbox.sessionOf(orderId, 50_000))
                .text("paymentKey");
        assertThat(sandbox.get("/window/" + paymentKey).body())
                .contains("card:HYUNDAI", "easy:NAVERPAY", "일시불", "12개월");

        sandbox.post("/window/" + paymentKey + "/approve?pay=card:LOTTE&months=6", "");

        Answer confirmed = sandbox.post("/v1/payments/confirm", RunningSandbox.confirmOf(paymentKey, orderId, 50_000));
        assertThat(confirmed.json().at("/card/issuerCode").asString()).isEqualTo("71");
        assertThat(confirmed.json().at("/card/installmentPlanMonths").asInt()).isEqualTo(6);
    }

    @Test
    void the_buyer_picks_easy_pay_with_money_or_with_a_registered_card() {
        String money = sandbox.open(orderId);
        sandbox.post("/window/" + money + "/approve?pay=easy:NAVERPAY", "");
        Answer byMoney = sandbox.confirm(money, orderId);
        assertThat(byMoney.json().at("/easyPay/provider").asString()).isEqualTo("네이버페이");
        assertThat(byMoney.json().at("/card").isNull()).isTrue();

        String card = sandbox.open(orderId);
        sandbox.post("/window/" + card + "/approve?pay=easy:NAVERPAY&easyCard=HANA", "");
        assertThat(sandbox.confirm(card, orderId).json().at("/card/issuerCode").asString())
                .isEqualTo("21");
    }

    @Test
    void below_fifty_thousand_won_there_are_no_instalments() {
        String paymentKey = sandbox.open(orderId);
        assertThat(sandbox.get("/window/" + paymentKey).body()).doesNotContain("일시불");

        Answer page = sandbox.post("/window/" + paymentKey + "/approve?pay=card:LOTTE&months=6", "");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("role=\"alert\"", "할부 개월 정보가 잘못되었습니다.");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("READY");
    }

    @Test
    void a_virtual_account_is_paid_into_where_its_window_was() {
        String paymentKey = sandbox.post(
                        "/v1/payments",
                        RunningSandbox.sessionOf(orderId, 33_000).replace("카드", "가상계좌"))
                .text("paymentKey");
        String window = "/window/" + paymentKey;
        assertThat(sandbox.get(window).body()).contains("value=\"88\"").doesNotContain("value=\"92\"");
        sandbox.post(window + "/approve?bank=06", "");
        sandbox.confirm(paymentKey, orderId);

        assertThat(sandbox.get(window).body()).contains("33,000원 입금하기", "국민", "WAITING_FOR_DEPOSIT");
        assertThat(sandbox.post(window + "/deposit?amount=33,001", "").body()).contains("은행이 입금을 거절했습니다");
        assertThat(sandbox.post(window + "/deposit?amount=nonsense", "").body()).contains("은행이 입금을 거절했습니다");
        assertThat(sandbox.post(window + "/deposit", "").header("location")).isEqualTo(window);
        assertThat(sandbox.get(window).body()).contains("입금했습니다", "입금 되돌리기");
        assertThat(sandbox.post(window + "/reverse-deposit", "").status()).isEqualTo(303);
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("WAITING_FOR_DEPOSIT");
    }

    @Test
    void an_account_past_its_due_date_takes_nothing_and_says_so() {
        try (RunningSandbox other = RunningSandbox.start()) {
            String paymentKey = other.post(
                            "/v1/payments",
                            RunningSandbox.sessionOf(orderId, 33_000).replace("카드", "가상계좌"))
                    .text("paymentKey");
            other.post("/window/" + paymentKey + "/approve", "");
            other.confirm(paymentKey, orderId);
            other.advance("P8D");

            assertThat(other.get("/window/" + paymentKey).body())
                    .contains("입금 기한이 지나")
                    .doesNotContain("<form");
        }
    }

    @Test
    void leaving_says_what_becomes_of_the_payment() {
        String paymentKey = sandbox.open(orderId);

        assertThat(sandbox.get("/window/" + paymentKey + "/left").body()).contains("READY", "결제창으로 돌아가기");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("READY");
        assertThat(sandbox.get("/window/nobody/left").status()).isEqualTo(404);
    }

    private static String decoded(String address) {
        return URLDecoder.decode(address, StandardCharsets.UTF_8);
    }
}
