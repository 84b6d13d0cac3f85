package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SettlementTest {

    private static final RunningSandbox SANDBOX =
            RunningSandbox.startAt("2026-03-10T10:00", "wonflow.sandbox.settlement.enabled=true");

    private final String orderId = RunningSandbox.newOrderId();

    @AfterAll
    static void stop() {
        SANDBOX.close();
    }

    @Test
    void a_sale_is_settled_from_the_next_day_on() {
        LocalDate sold = today(SANDBOX);
        String paymentKey = paid(SANDBOX);

        assertThat(rowsOf(SANDBOX, sold, sold)).isEmpty();
        SANDBOX.advance("P1D");

        List<JsonNode> rows = rowsOf(SANDBOX, sold, sold);
        assertThat(rows).hasSize(1);
        JsonNode row = rows.getFirst();
        assertThat(row.propertyNames())
                .containsExactly(
                        "mId",
                        "paymentKey",
                        "transactionKey",
                        "orderId",
                        "currency",
                        "method",
                        "amount",
                        "interestFee",
                        "fee",
                        "fees",
                        "supplyAmount",
                        "vat",
                        "payOutAmount",
                        "approvedAt",
                        "soldDate",
                        "paidOutDate",
                        "card",
                        "easyPay",
                        "giftCertificate",
                        "mobilePhone",
                        "transfer",
                        "virtualAccount",
                        "cancel");
        assertThat(row.path("paymentKey").asString()).isEqualTo(paymentKey);
        assertThat(row.path("amount").asLong()).isEqualTo(33_000);
        assertThat(row.path("fees").toString()).isEqualTo("[{\"type\":\"BASE\",\"fee\":1234}]");
        assertThat(row.path("supplyAmount").asLong()).isEqualTo(1_122);
        assertThat(row.path("vat").asLong()).isEqualTo(112);
        assertThat(row.path("payOutAmount").asLong()).isEqualTo(31_766);
        assertThat(row.path("soldDate").asString()).isEqualTo(sold.toString());
        assertThat(row.path("card"))
                .isEqualTo(SANDBOX.payment(paymentKey).json().path("card"));
        assertThat(row.path("cancel").isNull()).isTrue();
    }

    @Test
    void the_interest_of_instalments_the_merchant_pays_is_settled_as_a_fee() {
        LocalDate sold = today(SANDBOX);
        Answer paid = SANDBOX.post("/v1/payments/key-in", """
                {"amount": 100000, "orderId": "%s", "orderName": "머그컵", "cardNumber": "9410001234567890",
                 "cardExpirationYear": "99", "cardExpirationMonth": "12", "customerIdentityNumber": "900101",
                 "cardInstallmentPlan": 3, "useFreeInstallmentPlan": true}
                """.formatted(orderId));
        SANDBOX.post(
                "/v1/payments/" + paid.text("paymentKey") + "/cancel",
                "{\"cancelReason\": \"변심\", \"cancelAmount\": 40000}");
        SANDBOX.advance("P1D");

        List<JsonNode> rows = rowsOf(SANDBOX, sold, sold);

        assertThat(rows)
                .extracting(row ->
                        row.path("interestFee").asLong() + " " + row.path("fee").asLong() + " "
                                + row.path("supplyAmount").asLong() + " "
                                + row.path("vat").asLong() + " "
                                + row.path("payOutAmount").asLong() + " " + row.path("fees"))
                .containsExactly(
                        "3300 7040 6400 640 92960 [{\"type\":\"BASE\",\"fee\":3740},"
                                + "{\"type\":\"INSTALLMENT_DISCOUNT\",\"fee\":3300}]",
                        "-1320 -2816 -2560 -256 -37184 [{\"type\":\"BASE\",\"fee\":-1496},"
                                + "{\"type\":\"INSTALLMENT_DISCOUNT\",\"fee\":-1320}]");
    }

    @Test
    void a_cancel_is_a_line_of_its_own_with_everything_negative() {
        LocalDate sold = today(SANDBOX);
        String paymentKey = paid(SANDBOX);
        Answer cancelled = SANDBOX.post(
                "/v1/payments/" + paymentKey + "/cancel", "{\"cancelReason\": \"변심\", \"cancelAmount\": 13000}");
        SANDBOX.advance("P1D");

        JsonNode line = rowsOf(SANDBOX, sold, sold).getLast();

        assertThat(line.path("transactionKey").asString()).isEqualTo(cancelled.text("lastTransactionKey"));
        assertThat(line.path("amount").asLong()).isEqualTo(-13_000);
        assertThat(line.at("/fees/0/fee").asLong()).isEqualTo(-486);
        assertThat(line.path("supplyAmount").asLong()).isEqualTo(-442);
        assertThat(line.path("vat").asLong()).isEqualTo(-44);
        assertThat(line.path("payOutAmount").asLong()).isEqualTo(-12_514);
        assertThat(line.path("approvedAt").asString()).isEqualTo(cancelled.text("approvedAt"));
        assertThat(line.path("cancel")).isEqualTo(cancelled.json().at("/cancels/0"));
    }

    @Test
    void an_account_nobody_paid_into_is_not_settled() {
        LocalDate sold = today(SANDBOX);
        String paymentKey = SANDBOX.open(orderId);
        SANDBOX.post("/control/payments/" + paymentKey + "/authenticate", "{\"method\": \"VIRTUAL_ACCOUNT\"}");
        SANDBOX.confirm(paymentKey, orderId);
        SANDBOX.post("/v1/payments/" + paymentKey + "/cancel", "{\"cancelReason\": \"변심\"}");
        SANDBOX.advance("P1D");

        assertThat(rowsOf(SANDBOX, sold, sold)).isEmpty();
    }

    @Test
    void it_is_found_by_the_day_it_is_paid_out() {
        LocalDate sold = today(SANDBOX);
        paid(SANDBOX);
        SANDBOX.advance("P1D");
        LocalDate paidOut = LocalDate.parse(
                rowsOf(SANDBOX, sold, sold).getFirst().path("paidOutDate").asString());

        assertThat(paidOut).isAfter(sold.plusDays(3));
        assertThat(settled(SANDBOX, paidOut, paidOut, "&dateType=paidOutDate")).hasSize(1);
        assertThat(settled(SANDBOX, sold, sold, "&dateType=paidOutDate")).isEmpty();
    }

    @Test
    void a_contract_has_its_own_fees_and_days() {
        try (RunningSandbox sandbox = RunningSandbox.startAt(
                "2026-03-10T10:00",
                "wonflow.sandbox.settlement.enabled=true",
                "wonflow.sandbox.settlement.business-days=0",
                "wonflow.sandbox.settlement.fees.card.percent=1.5",
                "wonflow.sandbox.settlement.fees.virtual-account.won=300")) {
            LocalDate sold = today(sandbox);
            paid(sandbox);
            String account = RunningSandbox.newOrderId();
            String paymentKey = sandbox.open(account);
            sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{\"method\": \"VIRTUAL_ACCOUNT\"}");
            sandbox.confirm(paymentKey, account);
            sandbox.post("/control/payments/" + paymentKey + "/deposit", "");
            sandbox.advance("P1D");

            JsonNode rows = sandbox.get("/v1/settlements?startDate=" + sold + "&endDate=" + sold)
                    .json();

            assertThat(rows)
                    .extracting(row -> row.path("method").asString() + " "
                            + row.path("supplyAmount").asLong() + " "
                            + row.path("paidOutDate").asString())
                    .containsExactly("카드 495 " + sold, "가상계좌 300 " + sold);
        }
    }

    @Test
    void another_merchant_sees_nothing_of_it() {
        LocalDate sold = today(SANDBOX);
        paid(SANDBOX);
        SANDBOX.advance("P1D");

        Answer answer = SANDBOX.send(SANDBOX.request("/v1/settlements?startDate=" + sold + "&endDate=" + sold)
                .header("Authorization", RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY)));

        assertThat(answer.body()).isEqualTo("[]");
    }

    @Test
    void pages_are_counted_from_one() {
        LocalDate sold = today(SANDBOX);
        paid(SANDBOX);
        SANDBOX.advance("P1D");

        assertThat(settled(SANDBOX, sold, sold, "&page=1&size=100")).hasSize(1);
        assertThat(settled(SANDBOX, sold, sold, "&page=2&size=100")).isEmpty();
    }

    @Test
    void test_payments_are_not_settled_unless_it_is_switched_on() {
        RunningSandbox shared = RunningSandbox.shared();
        paid(shared);
        shared.advance("P1D");

        Answer answer = shared.get("/v1/settlements?startDate=2020-01-01&endDate=2099-12-31");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "startDate=2026-13-01&endDate=2026-12-02",
                "startDate=2026-12-01T00:00:00&endDate=2026-12-02",
                "startDate=2026-12-03&endDate=2026-12-02",
                "startDate=1026-12-03&endDate=2026-12-02",
                "startDate=-999999999-01-01&endDate=2026-12-02"
            })
    void a_date_that_is_none_or_a_period_that_runs_backwards_is_refused(String query) {
        assertRefused(SANDBOX.get("/v1/settlements?" + query), 400, "INVALID_DATE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dateType=approvedAt", "page=0", "page=x", "size=0", "size=5001", "startDate="})
    void everything_else_wrong_is_a_bad_request(String wrong) {
        String dates =
                wrong.startsWith("startDate") ? "endDate=2026-12-02" : "startDate=2026-12-01&endDate=2026-12-02&";

        assertRefused(
                SANDBOX.get("/v1/settlements?" + (wrong.startsWith("startDate") ? dates : dates + wrong)),
                400,
                "INVALID_REQUEST");
    }

    @Test
    void asking_for_a_settlement_takes_a_contract() {
        String paymentKey = paid(SANDBOX);

        assertRefused(request(SANDBOX, paymentKey), 403, "FORBIDDEN_REQUEST");
    }

    @Test
    void with_the_contract_a_payment_is_settled_once_it_is_asked_for() {
        try (RunningSandbox sandbox = RunningSandbox.startAt(
                "2026-03-10T10:00",
                "wonflow.sandbox.settlement.enabled=true",
                "wonflow.sandbox.settlement.manual=true")) {
            LocalDate sold = today(sandbox);
            String paymentKey = paid(sandbox);
            sandbox.advance("P2D");
            LocalDate asked = today(sandbox);
            assertThat(rowsOf(sandbox, sold, asked)).isEmpty();

            assertThat(request(sandbox, paymentKey).body()).isEqualTo("{\"result\":true}");

            assertRefused(request(sandbox, paymentKey), 403, "FORBIDDEN_REQUEST");
            sandbox.advance("P1D");
            assertThat(rowsOf(sandbox, sold, asked))
                    .extracting(row -> row.path("soldDate").asString())
                    .containsExactly(asked.toString());
            String ready = sandbox.open(RunningSandbox.newOrderId());
            assertRefused(request(sandbox, ready), 404, "NOT_FOUND_METHOD");
            assertRefused(request(sandbox, "nobody"), 404, "NOT_FOUND_PAYMENT");
            assertRefused(sandbox.post("/v1/settlements", "{}"), 400, "INVALID_REQUEST");
        }
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }

    private static Answer request(RunningSandbox sandbox, String paymentKey) {
        return sandbox.post("/v1/settlements", "{\"paymentKey\": \"" + paymentKey + "\"}");
    }

    private String paid(RunningSandbox sandbox) {
        String paymentKey = sandbox.authenticated(orderId);
        assertThat(sandbox.confirm(paymentKey, orderId).status()).isEqualTo(200);
        return paymentKey;
    }

    private static LocalDate today(RunningSandbox sandbox) {
        return LocalDate.ofInstant(sandbox.now(), ZoneId.of("Asia/Seoul"));
    }

    private List<JsonNode> rowsOf(RunningSandbox sandbox, LocalDate from, LocalDate to) {
        return settled(sandbox, from, to, "");
    }

    private List<JsonNode> settled(RunningSandbox sandbox, LocalDate from, LocalDate to, String more) {
        JsonNode rows = sandbox.get("/v1/settlements?startDate=" + from + "&endDate=" + to + more)
                .json();
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.path("orderId").asString().equals(orderId))
                .toList();
    }
}
