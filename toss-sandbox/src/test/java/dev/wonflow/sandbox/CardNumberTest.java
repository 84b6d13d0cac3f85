package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which card numbers are cards: any, or those whose first digits Toss was seen to know. */
class CardNumberTest {

    private static RunningSandbox real;

    private final String orderId = RunningSandbox.newOrderId();

    @BeforeAll
    static void start() {
        real = RunningSandbox.start("wonflow.sandbox.assumptions.card-numbers-by-bin=true");
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    @ParameterizedTest
    @CsvSource({"9410001234567890, 21", "5365100000000000, 15", "5272001234567890, 61", "5327501234567890, 24"})
    void a_card_whose_first_digits_toss_knows_is_of_its_company_and_charged(String number, String issuer) {
        Answer issued = issue(real, number);

        assertThat(issued.json().at("/card/issuerCode").asString())
                .as(issued.body())
                .isEqualTo(issuer);
        assertThat(charge(real, issued).text("status")).isEqualTo("DONE");
        assertThat(keyIn(real, number, RunningSandbox.newOrderId()).text("status"))
                .isEqualTo("DONE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4111111111111111", "4330121234567890", "4330999999999999"})
    void a_card_from_abroad_gets_a_billing_key_and_is_not_charged(String number) {
        Answer issued = issue(real, number);

        assertThat(issued.json().at("/card/cardType").asString())
                .as(issued.body())
                .isEqualTo("미확인");
        assertRefused(charge(real, issued), 400, "NOT_SUPPORTED_CARD_TYPE");
        assertRefused(keyIn(real, number, orderId), 400, "NOT_SUPPORTED_CARD_TYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9430001234567890", "1234567890123456", "0000000000000000"})
    void a_card_nobody_knows_is_none(String number) {
        assertRefused(issue(real, number), 400, "INVALID_CARD_NUMBER");
        assertRefused(keyIn(real, number, orderId), 400, "INVALID_CARD_NUMBER");
        assertRefused(
                real.post(
                        "/control/billing/authorizations",
                        "{\"customerKey\": \"a@b\", \"cardNumber\": \"" + number + "\"}"),
                400,
                "INVALID_CARD_NUMBER");
    }

    @ParameterizedTest
    @CsvSource({"9410009900000001, 403, REJECT_CARD_PAYMENT", "9410009900000007, 500, FAILED_CARD_COMPANY_RESPONSE"})
    void the_numbers_of_the_sandbox_do_what_they_do_anyway(String number, int status, String code) {
        assertRefused(charge(real, issue(real, number)), status, code);
        assertRefused(issue(real, "9410008800000001"), 400, "INVALID_STOPPED_CARD");
    }

    @Test
    void as_shipped_any_number_is_a_card() {
        RunningSandbox sandbox = RunningSandbox.shared();

        for (String number : new String[] {"4111111111111111", "9430001234567890", "5365100000000000"}) {
            Answer issued = issue(sandbox, number);
            assertThat(charge(sandbox, issued).text("status")).as(issued.body()).isEqualTo("DONE");
        }
    }

    private static Answer issue(RunningSandbox at, String number) {
        return at.post("/v1/billing/authorizations/card", """
                {"customerKey": "customer@1", "cardNumber": "%s", "cardExpirationYear": "99",
                 "cardExpirationMonth": "12", "customerIdentityNumber": "900101"}""".formatted(number));
    }

    private static Answer charge(RunningSandbox at, Answer issued) {
        return at.post("/v1/billing/" + issued.text("billingKey"), """
                {"amount": 1100, "customerKey": "customer@1", "orderId": "%s", "orderName": "구독"}
                """.formatted(RunningSandbox.newOrderId()));
    }

    private static Answer keyIn(RunningSandbox at, String number, String orderId) {
        return at.post("/v1/payments/key-in", """
                {"amount": 60000, "orderId": "%s", "orderName": "머그컵", "cardNumber": "%s",
                 "cardExpirationYear": "99", "cardExpirationMonth": "12", "customerIdentityNumber": "900101"}
                """.formatted(orderId, number));
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.text("code")).as(answer.body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }
}
