package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Things made to happen by one call. */
class TriggerTest {

    private static RunningSandbox sandbox;

    private final String orderId = RunningSandbox.newOrderId();

    /** Of its own, since one trigger moves the clock. */
    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "payment.done, DONE",
        "payment.declined, ABORTED",
        "payment.canceled, CANCELED",
        "payment.partially-canceled, PARTIAL_CANCELED",
        "payment.expired, EXPIRED",
        "va.issued, WAITING_FOR_DEPOSIT",
        "va.deposit, DONE",
        "va.reversal, WAITING_FOR_DEPOSIT",
        "va.canceled, CANCELED",
        "billing.charged, DONE"
    })
    void what_is_to_happen_to_an_order_happens_and_is_told(String event, String status) {
        Answer happened = pull(event, "{\"orderId\": \"" + orderId + "\", \"amount\": 10000}");

        assertThat(happened.status()).as(happened.body()).isEqualTo(200);
        assertThat(happened.text("summary")).contains(orderId, "10000 won", status);
        assertThat(happened.text("about")).isEqualTo(orderId);
        assertThat(happened.json()
                        .at("/steps")
                        .valueStream()
                        .map(step -> step.path("what").asString()))
                .isNotEmpty()
                .doesNotContain("");
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).text("status")).isEqualTo(status);
        assertThat(sandbox.webhooks(orderId).isEmpty()).isEqualTo(event.equals("billing.charged"));
    }

    @ParameterizedTest
    @CsvSource({"cancel.done, CANCELED, DONE", "cancel.aborted, DONE, ABORTED"})
    void a_cancel_overseas_ends_as_it_is_to(String event, String status, String cancelStatus) {
        Answer happened = pull(event, "{\"orderId\": \"" + orderId + "\", \"amount\": 1050}");

        assertThat(happened.status()).as(happened.body()).isEqualTo(200);
        assertThat(happened.text("summary")).contains("USD 10.5 is " + status);
        assertThat(sandbox.get("/v1/payments/orders/" + orderId)
                        .json()
                        .at("/cancels/0/cancelStatus")
                        .asString())
                .isEqualTo(cancelStatus);
        assertThat(sandbox.webhooks(orderId)
                        .valueStream()
                        .map(webhook -> webhook.path("eventType").asString()))
                .contains("CANCEL_STATUS_CHANGED");
        assertThat(pull(
                                event,
                                "{\"amount\": 10000, \"paymentKey\": \""
                                        + sandbox.confirm(sandbox.authenticated("won-" + orderId), "won-" + orderId)
                                                .text("paymentKey")
                                        + "\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void a_billing_key_is_issued_and_deleted() {
        String issued = pull("billing.issued", "{}").text("about");
        Answer deleted = pull("billing.deleted", "{\"billingKey\": \"" + issued + "\"}");

        assertThat(deleted.text("about")).isEqualTo(issued);
        assertThat(bodies()).anyMatch(body -> body.contains("BILLING_DELETED") && body.contains(issued));
        Answer again = pull("billing.deleted", "{\"billingKey\": \"" + issued + "\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("message")).startsWith("the shop deletes the key: ALREADY_REMOVED_BILLING_KEY ");
    }

    @Test
    void a_seller_is_approved_and_paid() {
        String seller = pull("seller.changed", "{}").text("about");
        String payout = pull("payout.changed", "{\"amount\": 50000}").text("about");

        assertThat(bodies()).anyMatch(body -> body.contains(seller) && body.contains("PARTIALLY_APPROVED"));
        assertThat(bodies()).anyMatch(body -> body.contains(payout) && body.contains("COMPLETED"));
    }

    @Test
    void it_goes_on_from_wherever_a_payment_is() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer happened = pull("payment.partially-canceled", """
            {"paymentKey": "%s", "cancelAmount": 1000}""".formatted(paymentKey));

        assertThat(happened.json().at("/steps").valueStream().map(TriggerTest::line))
                .containsExactly(
                        "the payment is read: IN_PROGRESS",
                        "the shop confirms: DONE",
                        "the shop cancels: PARTIAL_CANCELED");
        assertThat(sandbox.payment(paymentKey).json().path("balanceAmount").asInt())
                .isEqualTo(32_000);
    }

    @Test
    void a_decline_has_the_code_it_was_asked_for_and_leaves_no_fault_behind() {
        pull("payment.declined", "{\"orderId\": \"" + orderId + "\", \"code\": \"INVALID_STOPPED_CARD\"}");

        assertThat(sandbox.get("/v1/payments/orders/" + orderId)
                        .json()
                        .at("/failure/code")
                        .asString())
                .isEqualTo("INVALID_STOPPED_CARD");
        assertThat(sandbox.get("/control/faults").body()).isEqualTo("[]");
    }

    @Test
    void what_cannot_happen_is_explained() {
        String paymentKey = sandbox.open(orderId);
        sandbox.post("/control/payments/" + paymentKey + "/decline", "{}");

        Answer refused = pull("payment.done", "{\"paymentKey\": \"" + paymentKey + "\"}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("message"))
                .isEqualTo("payment " + paymentKey + ": ABORTED, and it goes nowhere from there (expected: one that can"
                        + " still be paid; where neither an order nor a payment is named, a new one is opened)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "404 | payment.gone | {} | trigger: payment.gone (expected: one of payment.done, payment.declined, ",
                "400 | payment.done | {'amount': 99} | amount: 99 (expected: 100 or more)",
                "400 | payment.partially-canceled | {'cancelAmount': 0} | cancelAmount: 0 (expected: 1 or more)",
                "400 | payment.declined | {'code': 'NO'} | code: NO (expected: a code of Toss)",
                "400 | payment.done | {'secretKey': 'test_sk_nobody'} | secretKey: unknown (expected: one of this sandbox)",
                "409 | payment.done | {'paymentKey': 'nobody'} | the payment is read: NOT_FOUND_PAYMENT "
            })
    void what_was_not_meant_is_explained(int status, String event, String wish, String message) {
        Answer refused = pull(event, wish.replace('\'', '"'));

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.text("message")).startsWith(message);
    }

    @Test
    void each_can_be_looked_up() {
        JsonNode triggers = sandbox.get("/control/triggers").json();

        assertThat(triggers.valueStream().map(trigger -> trigger.path("name").asString()))
                .hasSize(16)
                .contains("payment.done", "va.reversal", "cancel.aborted", "billing.deleted");
    }

    private static Answer pull(String event, String wish) {
        return sandbox.post("/control/triggers/" + event, wish);
    }

    private static String line(JsonNode step) {
        return step.path("what").asString() + ": " + step.path("result").asString();
    }

    private static Stream<String> bodies() {
        return sandbox.get("/control/webhooks").json().valueStream().map(JsonNode::toString);
    }
}
