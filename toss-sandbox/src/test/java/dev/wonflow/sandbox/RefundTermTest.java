package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long each method can be cancelled; on a clock of its own, since it goes years ahead. */
class RefundTermTest {

    private static final String REFUND =
            "\"refundReceiveAccount\": {\"bank\": \"88\", \"accountNumber\": \"110123456789\", \"holderName\": \"김하늘\"}";

    /** Its clock is moved far ahead, and further by each test. */
    private static final RunningSandbox SANDBOX = RunningSandbox.start();

    private final RunningSandbox sandbox = SANDBOX;
    private final Till till = new Till(sandbox);
    private final String orderId = RunningSandbox.newOrderId();

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @ParameterizedTest
    @CsvSource({"TRANSFER, P180D", "VIRTUAL_ACCOUNT, P365D"})
    void after_its_term_a_transfer_or_deposit_cannot_be_cancelled(String method, String term) {
        String late = refundable(orderId, method);
        sandbox.advance("PT2M");
        String inTime = refundable(RunningSandbox.newOrderId(), method);

        sandbox.advance(Duration.parse(term).minusMinutes(1).toString());

        assertTooLate(till.cancelBecause(late, REFUND));
        assertThat(sandbox.payment(late).text("status")).isEqualTo("DONE");
        assertThat(till.cancelBecause(inTime, REFUND).text("status")).isEqualTo("CANCELED");
    }

    @Test
    void a_telephone_bill_is_cancelled_in_its_month_only() {
        String paymentKey = till.paid(orderId, 10_000, "{\"method\": \"휴대폰\"}").text("paymentKey");
        assertThat(till.cancelBecause(paymentKey, "\"cancelAmount\": 1000").status())
                .isEqualTo(200);

        sandbox.advance("P31D");

        assertTooLate(till.cancelBecause(paymentKey));
    }

    @Test
    void a_card_payment_can_be_cancelled_after_years() {
        String paymentKey = till.done(orderId, 10_000);

        sandbox.advance("P1000D");

        assertThat(till.cancelBecause(paymentKey).text("status")).isEqualTo("CANCELED");
    }

    private String refundable(String order, String method) {
        String paymentKey =
                till.paid(order, 10_000, "{\"method\": \"" + method + "\"}").text("paymentKey");
        if (method.equals("VIRTUAL_ACCOUNT")) {
            till.deposit(paymentKey, "");
        }
        return paymentKey;
    }

    private static void assertTooLate(Answer refused) {
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("code")).isEqualTo("EXCEED_MAX_REFUND_DUE");
    }
}
