package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a payment looks like by each method, and what each method does not take. */
class MethodTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final Till till = new Till(sandbox);
    private final String orderId = RunningSandbox.newOrderId();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TRANSFER | 계좌이체 | transfer | {\"bankCode\":\"88\",\"settlementStatus\":\"INCOMPLETED\"}",
                "CULTURE_GIFT_CERTIFICATE | 문화상품권 | giftCertificate | {\"approveNo\":\"N\",\"settlementStatus\":\"INCOMPLETED\"}",
                "BOOK_GIFT_CERTIFICATE | 도서문화상품권 | giftCertificate | {\"approveNo\":\"N\",\"settlementStatus\":\"INCOMPLETED\"}",
                "GAME_GIFT_CERTIFICATE | 게임문화상품권 | giftCertificate | {\"approveNo\":\"N\",\"settlementStatus\":\"INCOMPLETED\"}"
            })
    void each_method_fills_its_own_object_and_no_other(String method, String korean, String member, String expected) {
        for (String name : new String[] {method, korean}) {
            String order = RunningSandbox.newOrderId();
            JsonNode payment =
                    till.paid(order, 10_000, "{\"method\": \"" + name + "\"}").json();

            assertThat(payment.path("status").asString()).isEqualTo("DONE");
            assertThat(payment.path("method").asString()).isEqualTo(korean);
            assertThat(payment.path(member).toString().replaceAll("\"[0-9]{8}\"", "\"N\""))
                    .isEqualTo(expected);
            for (String other :
                    new String[] {"card", "virtualAccount", "transfer", "mobilePhone", "giftCertificate", "easyPay"}) {
                assertThat(payment.path(other).isNull()).as(other).isEqualTo(!other.equals(member));
            }
        }
    }

    @Test
    void a_telephone_bill_names_the_telephone() {
        String paymentKey = till.open(orderId, 10_000, "\"customerMobilePhone\": \"01012345678\"");
        till.authenticate(paymentKey, "{\"method\": \"휴대폰\"}");

        JsonNode payment = till.confirm(paymentKey, orderId, 10_000).json();

        assertThat(payment.path("method").asString()).isEqualTo("휴대폰");
        assertThat(payment.path("mobilePhone").propertyNames())
                .containsExactly("customerMobilePhone", "settlementStatus", "receiptUrl");
        assertThat(payment.at("/mobilePhone/customerMobilePhone").asString()).isEqualTo("01012345678");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"easyPay\": \"토스페이\", \"cardCompany\": \"현대\"', 10000, 0, 0",
        "'\"easyPay\": \"네이버페이\", \"cardCompany\": \"61\", \"discountAmount\": 1500', 8500, 0, 1500",
        "'\"easyPay\": \"KAKAOPAY\"', , 10000, 0",
        "'\"easyPay\": \"카카오페이\", \"discountAmount\": 1500', , 8500, 1500",
        "'\"easyPay\": \"페이코\", \"discountAmount\": 10000', , 0, 10000"
    })
    void easy_pay_is_split_between_card_and_money_and_points(String choice, Long card, long money, long points) {
        JsonNode payment = till.paid(orderId, 10_000, "{\"method\": \"간편결제\", " + choice + "}")
                .json();

        assertThat(payment.path("method").asString()).isEqualTo("간편결제");
        assertThat(payment.path("easyPay").propertyNames()).containsExactly("provider", "amount", "discountAmount");
        assertThat(payment.at("/easyPay/amount").asLong()).isEqualTo(money);
        assertThat(payment.at("/easyPay/discountAmount").asLong()).isEqualTo(points);
        assertThat(payment.path("discount").isNull()).isTrue();
        assertThat(payment.path("totalAmount").asLong()).isEqualTo(10_000);
        if (card == null) {
            assertThat(payment.path("card").isNull()).isTrue();
        } else {
            assertThat(payment.at("/card/amount").asLong()).isEqualTo(card);
            assertThat(payment.at("/card/issuerCode").asString()).isEqualTo("61");
        }
    }

    @Test
    void a_provider_makes_a_card_payment_one_by_easy_pay_and_stays_korean_in_english() {
        String paymentKey = till.open(orderId, 10_000);
        till.authenticate(paymentKey, "{\"method\": \"CARD\", \"easyPay\": \"TOSSPAY\"}");

        JsonNode payment = till.confirm(paymentKey, orderId, 10_000, "Accept-Language", "en-US")
                .json();

        assertThat(payment.path("method").asString()).isEqualTo("EASY_PAY");
        assertThat(payment.at("/easyPay/provider").asString()).isEqualTo("토스페이");
    }

    @Test
    void a_card_is_of_the_company_the_buyer_picked_and_paid_by_instalments() {
        JsonNode card = till.paid(orderId, 50_000, "{\"cardCompany\": \"국민\", \"installmentMonths\": 3}")
                .json()
                .path("card");

        assertThat(card.path("issuerCode").asString()).isEqualTo("11");
        assertThat(card.path("acquirerCode").asString()).isEqualTo("11");
        assertThat(card.path("installmentPlanMonths").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "49999, 2, INVALID_CARD_INSTALLMENT_PLAN",
        "50000, 1, INVALID_CARD_INSTALLMENT_PLAN",
        "50000, -3, INVALID_CARD_INSTALLMENT_PLAN",
        "50000, 13, EXCEED_MAX_CARD_INSTALLMENT_PLAN"
    })
    void instalments_take_50_000_won_and_2_to_12_months(long amount, int months, String code) {
        String paymentKey = till.open(orderId, amount);

        assertThat(till.authenticate(paymentKey, "{\"installmentMonths\": " + months + "}")
                        .text("code"))
                .isEqualTo(code);
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("READY");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 12})
    void instalments_at_their_limits_are_fine(int months) {
        assertThat(till.paid(orderId, 50_000, "{\"installmentMonths\": " + months + "}")
                        .text("status"))
                .isEqualTo("DONE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cardCompany\": \"없는카드\"} | INVALID_CARD_COMPANY",
                "{\"method\": \"EASY_PAY\", \"easyPay\": \"없는페이\"} | INVALID_EASY_PAY",
                "{\"method\": \"TRANSFER\", \"easyPay\": \"토스페이\"} | INVALID_EASY_PAY",
                "{\"method\": \"VIRTUAL_ACCOUNT\", \"bank\": \"99\"} | INVALID_BANK",
                "{\"method\": \"VIRTUAL_ACCOUNT\", \"bank\": \"토스\"} | INVALID_BANK",
                "{\"discountAmount\": -1} | INVALID_REQUEST",
                "{\"discountAmount\": 10000} | INVALID_REQUEST"
            })
    void what_no_window_offers_cannot_be_chosen(String choice, String code) {
        Answer refused = till.authenticate(till.open(orderId, 10_000), choice);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo(code);
    }

    @Test
    void an_instant_discount_is_shown_and_not_paid_by_the_card() {
        JsonNode payment =
                till.paid(orderId, 10_000, "{\"discountAmount\": 1000}").json();

        assertThat(payment.at("/discount/amount").asLong()).isEqualTo(1_000);
        assertThat(payment.at("/card/amount").asLong()).isEqualTo(9_000);
        assertThat(payment.path("totalAmount").asLong()).isEqualTo(10_000);
    }

    @Test
    void a_method_that_does_not_take_so_little_is_refused_and_the_buyer_can_pick_another() {
        String paymentKey = till.open(orderId, 150);
        till.authenticate(paymentKey, "{\"method\": \"TRANSFER\"}");

        Answer refused = till.confirm(paymentKey, orderId, 150);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo("BELOW_MINIMUM_AMOUNT");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSFER, 10000000, EXCEEDS_TRANSFER_AMOUNT_MAXIMUM",
        "MOBILE_PHONE, 1000000, EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT"
    })
    void a_method_that_does_not_take_so_much_declines(String method, long most, String code) {
        String choice = "{\"method\": \"" + method + "\"}";
        assertThat(till.paid(orderId, most, choice).text("status")).isEqualTo("DONE");

        String order = RunningSandbox.newOrderId();
        assertThat(till.paid(order, most + 1, choice).text("code")).isEqualTo(code);
        assertThat(sandbox.get("/v1/payments/orders/" + order).text("status")).isEqualTo("ABORTED");
    }

    @Test
    void metadata_comes_back_as_it_was_given() {
        String paymentKey = till.open(orderId, 10_000, "\"metadata\": {\"cart\": \"17\", \"메모\": \"선물\"}");

        assertThat(sandbox.payment(paymentKey).json().path("metadata").toString())
                .isEqualTo("{\"cart\":\"17\",\"메모\":\"선물\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"metadata\": {\"a\": \"1\", \"b\": \"2\", \"c\": \"3\", \"d\": \"4\", \"e\": \"5\", \"f\": \"6\"}",
                "\"metadata\": {\"a[0]\": \"1\"}",
                "\"metadata\": {\"a\": true}",
                "\"metadata\": [1]",
                "\"metadata\": {\"12345678901234567890123456789012345678901\": \"\"}",
                "\"customerMobilePhone\": \"010-1234-5678\"",
                "\"customerMobilePhone\": \"0101234\"",
                "\"taxFreeAmount\": 10001",
                "\"taxFreeAmount\": 6000, \"taxExemptionAmount\": 6000",
                "\"useEscrow\": \"yes\""
            })
    void what_does_not_fit_the_documented_limits_is_refused(String members) {
        assertThat(sandbox.post("/v1/payments", Till.sessionOf(orderId, 10_000, members))
                        .text("code"))
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void the_deposit_of_a_virtual_account_of_the_window_is_due_when_the_shop_says() {
        String paymentKey = till.open(orderId, 10_000, "\"validHours\": 2");
        till.authenticate(
                paymentKey,
                "{\"method\": \"가상계좌\", \"bank\": \"국민\", \"refundAccount\": {\"bank\": \"신한\","
                        + " \"accountNumber\": \"110123456789\", \"holderName\": \"김하늘\"}}");
        JsonNode account = till.confirm(paymentKey, orderId, 10_000).json().path("virtualAccount");
        assertThat(account.path("bankCode").asString()).isEqualTo("06");
        assertThat(account.at("/refundReceiveAccount/bankCode").asString()).isEqualTo("88");

        sandbox.advance("PT1H");
        JsonNode later = sandbox.payment(paymentKey).json().path("virtualAccount");
        assertThat(later.path("refundReceiveAccount").isNull()).isTrue();
        assertThat(later.path("expired").asBoolean()).isFalse();
        sandbox.advance("PT1H1M");
        assertThat(sandbox.payment(paymentKey)
                        .json()
                        .at("/virtualAccount/expired")
                        .asBoolean())
                .isTrue();
    }
}
