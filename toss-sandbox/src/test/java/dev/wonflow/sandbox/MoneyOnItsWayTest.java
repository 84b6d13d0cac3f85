package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What time does to money: it is acquired, settled and paid out, or refunded. Around Seollal, 16 to 18 February. */
class MoneyOnItsWayTest {

    private static final RunningSandbox SANDBOX = RunningSandbox.startAt("2026-02-12T10:00");

    private static final String START = SANDBOX.post("/control/snapshots", "").text("id");

    private final Till till = new Till(SANDBOX);
    private final String orderId = RunningSandbox.newOrderId();

    @BeforeEach
    void back() {
        SANDBOX.post("/control/snapshots/" + START + "/reset", "");
    }

    @AfterAll
    static void stop() {
        SANDBOX.close();
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSFER, /transfer",
        "MOBILE_PHONE, /mobilePhone",
        "BOOK_GIFT_CERTIFICATE, /giftCertificate",
        "VIRTUAL_ACCOUNT, /virtualAccount"
    })
    void a_sale_is_settled_when_it_is_paid_out_four_business_days_later(String method, String member) {
        Answer paid = till.paid(orderId, 10_000, "{\"method\": \"" + method + "\"}");
        String paymentKey = paid.text("paymentKey");
        if (method.equals("VIRTUAL_ACCOUNT")) {
            assertThat(paid.json().at("/virtualAccount/settlementStatus").asString())
                    .isEqualTo("INCOMPLETED");
            till.deposit(paymentKey, "");
        }
        assertThat(at(paymentKey, member + "/settlementStatus")).isEqualTo("INCOMPLETED");

        SANDBOX.advanceTo("2026-02-22T23:59");
        assertThat(at(paymentKey, member + "/settlementStatus")).isEqualTo("INCOMPLETED");
        SANDBOX.advanceTo("2026-02-23T00:00");
        assertThat(at(paymentKey, member + "/settlementStatus")).isEqualTo("COMPLETED");
    }

    @Test
    void an_account_nobody_paid_into_is_never_settled() {
        String paymentKey = till.waiting(orderId, 10_000);

        SANDBOX.advance("P60D");

        assertThat(at(paymentKey, "/virtualAccount/settlementStatus")).isEqualTo("INCOMPLETED");
    }

    @Test
    void what_is_cancelled_after_it_was_settled_stays_settled() {
        String paymentKey =
                till.paid(orderId, 10_000, "{\"method\": \"TRANSFER\"}").text("paymentKey");
        SANDBOX.advanceTo("2026-02-23T00:00");

        Answer canceled = till.cancelBecause(paymentKey);

        assertThat(canceled.text("status")).isEqualTo("CANCELED");
        assertThat(canceled.json().at("/transfer/settlementStatus").asString()).isEqualTo("COMPLETED");
    }

    @Test
    void with_manual_settlement_a_sale_is_settled_once_the_merchant_has_asked_for_it() {
        try (RunningSandbox own =
                RunningSandbox.startAt("2026-02-12T10:00", "wonflow.sandbox.settlement.manual=true")) {
            String paymentKey = new Till(own)
                    .paid(orderId, 10_000, "{\"method\": \"TRANSFER\"}")
                    .text("paymentKey");
            own.advance("P60D");
            assertThat(own.payment(paymentKey)
                            .json()
                            .at("/transfer/settlementStatus")
                            .asString())
                    .isEqualTo("INCOMPLETED");

            own.post("/v1/settlements", "{\"paymentKey\": \"" + paymentKey + "\"}");
            own.advance("P10D");

            assertThat(own.payment(paymentKey)
                            .json()
                            .at("/transfer/settlementStatus")
                            .asString())
                    .isEqualTo("COMPLETED");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"easyPay\": \"토스페이\", \"cardCompany\": \"현대\"}"})
    void a_card_payment_is_acquired_on_the_business_days_after_the_sale(String choice) {
        String paymentKey = till.paid(orderId, 10_000, choice).text("paymentKey");

        SANDBOX.advanceTo("2026-02-12T23:59");
        assertThat(at(paymentKey, "/card/acquireStatus")).isEqualTo("READY");
        SANDBOX.advanceTo("2026-02-13T00:00");
        assertThat(at(paymentKey, "/card/acquireStatus")).isEqualTo("REQUESTED");
        SANDBOX.advanceTo("2026-02-18T23:59");
        assertThat(at(paymentKey, "/card/acquireStatus")).isEqualTo("REQUESTED");
        SANDBOX.advanceTo("2026-02-19T00:00");
        assertThat(at(paymentKey, "/card/acquireStatus")).isEqualTo("COMPLETED");
    }

    @Test
    void a_cancel_before_the_acquisition_is_immediate_and_leaves_nothing_to_acquire() {
        String paymentKey = till.done(orderId, 10_000);

        Answer canceled = till.cancelBecause(paymentKey);

        assertThat(canceled.json().at("/card/acquireStatus").asString()).isEqualTo("READY");
        SANDBOX.advance("P30D");
        assertThat(at(paymentKey, "/card/acquireStatus")).isEqualTo("READY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-13T00:00", "2026-02-19T12:00"})
    void a_cancel_after_the_request_takes_three_business_days_more(String when) {
        String paymentKey = till.done(orderId, 10_000);
        SANDBOX.advanceTo(when);

        Answer canceled = till.cancelBecause(paymentKey);

        assertThat(canceled.json().at("/card/acquireStatus").asString()).isEqualTo("CANCEL_REQUESTED");
        String done = when.startsWith("2026-02-13") ? "2026-02-23T00:00" : "2026-02-24T00:00";
        SANDBOX.advanceTo(done.replace("23T00:00", "22T23:59").replace("24T00:00", "23T23:59"));
        assertThat(at(paymentKey, "/card/acquireStatus")).isEqualTo("CANCEL_REQUESTED");
        SANDBOX.advanceTo(done);
        assertThat(at(paymentKey, "/card/acquireStatus")).isEqualTo("CANCELED");
    }

    @Test
    void what_a_part_leaves_stays_acquired() {
        String paymentKey = till.done(orderId, 10_000);
        SANDBOX.advanceTo("2026-02-19T12:00");

        Answer part = till.cancelBecause(paymentKey, "\"cancelAmount\": 4000");
        assertThat(part.json().at("/card/acquireStatus").asString()).isEqualTo("CANCEL_REQUESTED");
        SANDBOX.advanceTo("2026-02-24T00:00");
        assertThat(at(paymentKey, "/card/acquireStatus")).isEqualTo("COMPLETED");

        till.cancelBecause(paymentKey);
        assertThat(at(paymentKey, "/card/acquireStatus")).isEqualTo("CANCEL_REQUESTED");
        SANDBOX.advanceTo("2026-02-27T00:00");
        assertThat(at(paymentKey, "/card/acquireStatus")).isEqualTo("CANCELED");
    }

    @Test
    void how_long_each_step_takes_is_a_setting() {
        try (RunningSandbox own = RunningSandbox.startAt(
                "2026-03-10T10:00",
                "wonflow.sandbox.payment.acquisition.requested-after=0",
                "wonflow.sandbox.payment.acquisition.completed-after=0",
                "wonflow.sandbox.payment.acquisition.canceled-after=1",
                "wonflow.sandbox.settlement.business-days=0",
                "wonflow.sandbox.calendar.holidays=2026-03-11")) {
            Till ownTill = new Till(own);
            String card = ownTill.done(orderId, 10_000);
            String transfer = ownTill.paid(RunningSandbox.newOrderId(), 10_000, "{\"method\": \"TRANSFER\"}")
                    .text("paymentKey");
            assertThat(own.payment(card).json().at("/card/acquireStatus").asString())
                    .isEqualTo("COMPLETED");
            assertThat(own.payment(transfer)
                            .json()
                            .at("/transfer/settlementStatus")
                            .asString())
                    .isEqualTo("INCOMPLETED");
            ownTill.cancelBecause(card);

            own.advanceTo("2026-03-11T00:00");
            assertThat(own.payment(card).json().at("/card/acquireStatus").asString())
                    .isEqualTo("CANCEL_REQUESTED");
            assertThat(own.payment(transfer)
                            .json()
                            .at("/transfer/settlementStatus")
                            .asString())
                    .isEqualTo("COMPLETED");
            own.advanceTo("2026-03-12T00:00");
            assertThat(own.payment(card).json().at("/card/acquireStatus").asString())
                    .isEqualTo("CANCELED");
        }
    }

    @Test
    void the_refund_of_a_deposit_arrives_two_business_days_later_and_silently() {
        String paymentKey = till.deposited(orderId, 10_000);

        Answer first = till.cancelBecause(paymentKey, "\"cancelAmount\": 4000", refundTo("110123456789"));
        assertThat(first.json().at("/virtualAccount/refundStatus").asString()).isEqualTo("PENDING");
        assertThat(first.json().at("/virtualAccount/refundReceiveAccount").isNull())
                .isTrue();

        SANDBOX.advanceTo("2026-02-19T09:59");
        assertThat(refundStatus(paymentKey)).isEqualTo("PENDING");
        int webhooks = SANDBOX.webhooks(orderId).size();
        SANDBOX.advanceTo("2026-02-19T10:01");
        assertThat(refundStatus(paymentKey)).isEqualTo("COMPLETED");
        assertThat(SANDBOX.webhooks(orderId)).hasSize(webhooks);

        assertThat(till.cancelBecause(paymentKey, refundTo("110123456789")).text("status"))
                .isEqualTo("PARTIAL_CANCELED");
        assertThat(refundStatus(paymentKey)).isEqualTo("PENDING");
        SANDBOX.advance("P5D");
        assertThat(refundStatus(paymentKey)).isEqualTo("COMPLETED");
    }

    @Test
    void a_refund_to_a_closed_account_fails_and_the_cancel_stays() {
        String paymentKey = till.deposited(orderId, 10_000);

        Answer canceled = till.cancelBecause(paymentKey, refundTo("99990000000001"));
        assertThat(canceled.json().at("/virtualAccount/refundStatus").asString())
                .isEqualTo("PENDING");
        int webhooks = SANDBOX.webhooks(orderId).size();
        SANDBOX.advanceTo("2026-02-19T10:01");

        assertThat(refundStatus(paymentKey)).isEqualTo("FAILED");
        assertThat(SANDBOX.payment(paymentKey).text("status")).isEqualTo("CANCELED");
        assertThat(SANDBOX.webhooks(orderId)).hasSize(webhooks);
        assertThat(till.cancelBecause(paymentKey, refundTo("110123456789")).text("code"))
                .isEqualTo("ALREADY_CANCELED_PAYMENT");
    }

    @Test
    void a_failed_refund_of_a_part_shows_until_its_money_arrives() {
        String paymentKey = till.deposited(orderId, 10_000);
        till.cancelBecause(paymentKey, "\"cancelAmount\": 4000", refundTo("99990000000001"));
        SANDBOX.advanceTo("2026-02-19T10:01");
        assertThat(refundStatus(paymentKey)).isEqualTo("PARTIAL_FAILED");

        assertThat(till.cancelBecause(paymentKey, refundTo("110123456789")).status())
                .isEqualTo(200);
        assertThat(refundStatus(paymentKey)).isEqualTo("PENDING");
        SANDBOX.advance("P5D");
        assertThat(refundStatus(paymentKey)).isEqualTo("PARTIAL_FAILED");

        assertThat(control(paymentKey, "complete-refund")
                        .json()
                        .at("/virtualAccount/refundStatus")
                        .asString())
                .isEqualTo("COMPLETED");
        assertThat(control(paymentKey, "complete-refund").status()).isEqualTo(409);
    }

    @Test
    void a_refund_can_be_made_to_fail_or_to_arrive_at_any_moment() {
        String paymentKey = till.deposited(orderId, 10_000);
        assertThat(control(paymentKey, "fail-refund").status()).isEqualTo(409);
        till.cancelBecause(paymentKey, refundTo("110123456789"));

        assertThat(control(paymentKey, "fail-refund")
                        .json()
                        .at("/virtualAccount/refundStatus")
                        .asString())
                .isEqualTo("FAILED");
        assertThat(control(paymentKey, "fail-refund").status()).isEqualTo(409);
        SANDBOX.advance("P10D");
        assertThat(refundStatus(paymentKey)).isEqualTo("FAILED");
        assertThat(SANDBOX.get("/payments/" + paymentKey).body())
                .contains("do-complete-refund")
                .doesNotContain("do-fail-refund");

        assertThat(control(paymentKey, "complete-refund").status()).isEqualTo(200);
        assertThat(refundStatus(paymentKey)).isEqualTo("COMPLETED");
        assertThat(control("nobody", "complete-refund").status()).isEqualTo(404);
        assertThat(control(till.done(RunningSandbox.newOrderId(), 10_000), "complete-refund")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void a_telephone_takes_a_million_won_a_month_over_all_payments() {
        assertThat(byTelephone("01011112222", 600_000).text("status")).isEqualTo("DONE");

        Answer tooMuch = byTelephone("01011112222", 400_001);

        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.text("code")).isEqualTo("EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT");
        assertThat(byTelephone("01033334444", 1_000_000).text("status")).isEqualTo("DONE");
        assertThat(byTelephone("01011112222", 400_000).text("status")).isEqualTo("DONE");
        assertThat(byTelephone("01011112222", 100).status()).isEqualTo(400);
        SANDBOX.advanceTo("2026-02-28T23:59");
        assertThat(byTelephone("01011112222", 100).status()).isEqualTo(400);
        SANDBOX.advanceTo("2026-03-01T00:00");
        assertThat(byTelephone("01011112222", 1_000_000).text("status")).isEqualTo("DONE");
    }

    @Test
    void what_is_cancelled_makes_room_on_the_telephone_bill() {
        String paymentKey = byTelephone("01011112222", 1_000_000).text("paymentKey");

        till.cancelBecause(paymentKey, "\"cancelAmount\": 300000");

        assertThat(byTelephone("01011112222", 300_001).status()).isEqualTo(400);
        assertThat(byTelephone("01011112222", 300_000).status()).isEqualTo(200);
    }

    @Test
    void a_telephone_bill_goes_back_with_a_snapshot() {
        String snapshot = SANDBOX.post("/control/snapshots", "").text("id");
        byTelephone("01011112222", 1_000_000);

        SANDBOX.post("/control/snapshots/" + snapshot + "/reset", "");

        assertThat(byTelephone("01011112222", 1_000_000).status()).isEqualTo(200);
    }

    @Test
    void a_telephone_nobody_named_has_no_bill_to_add_up() {
        for (int payment = 0; payment < 2; payment++) {
            assertThat(till.paid(RunningSandbox.newOrderId(), 1_000_000, "{\"method\": \"MOBILE_PHONE\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    private Answer byTelephone(String telephone, long amount) {
        String order = RunningSandbox.newOrderId();
        String paymentKey = till.open(order, amount, "\"customerMobilePhone\": \"" + telephone + "\"");
        till.authenticate(paymentKey, "{\"method\": \"MOBILE_PHONE\"}");
        return till.confirm(paymentKey, order, amount);
    }

    private static String refundTo(String accountNumber) {
        return "\"refundReceiveAccount\": {\"bank\": \"88\", \"accountNumber\": \"" + accountNumber
                + "\", \"holderName\": \"김하늘\"}";
    }

    private static Answer control(String paymentKey, String what) {
        return SANDBOX.post("/control/payments/" + paymentKey + "/" + what, "");
    }

    private static String refundStatus(String paymentKey) {
        return at(paymentKey, "/virtualAccount/refundStatus");
    }

    private static String at(String paymentKey, String member) {
        return SANDBOX.payment(paymentKey).json().at(member).asString();
    }
}
