package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions, settlements, balances, sellers and payouts survive a restart, and go back with a snapshot. */
@Timeout(60)
class KeptMoneyTest {

    private static final String ALL_TRANSACTIONS = "/v1/transactions?startDate=2020-01-01&endDate=2099-01-01";

    private final String orderId = RunningSandbox.newOrderId();

    @TempDir
    private Path folder;

    @Test
    void after_a_restart_everything_is_there_and_goes_on() {
        String transactions;
        String settlements;
        String balance;
        String seller;
        String payout;
        LocalDate sold;
        try (RunningSandbox sandbox = start()) {
            sold = LocalDate.ofInstant(sandbox.now(), ZoneId.of("Asia/Seoul"));
            sandbox.confirm(sandbox.authenticated(orderId), orderId);
            sandbox.advance("P1D");
            String corporation = registered(sandbox, "CORPORATE", "corp-1");
            payout = requested(sandbox, corporation, 7_000);
            seller = registered(sandbox, "INDIVIDUAL", "person-1");
            transactions = sandbox.get(ALL_TRANSACTIONS).body();
            settlements = sandbox.get(settlementsOf(sold)).body();
            balance = entity(sandbox.get("/v2/balances"));
        }
        try (RunningSandbox sandbox = start()) {
            assertThat(transactions).contains(orderId);
            assertThat(settlements).contains(orderId);
            assertThat(balance).contains("\"value\":993000.0");
            assertThat(sandbox.get(ALL_TRANSACTIONS).body()).isEqualTo(transactions);
            assertThat(sandbox.get(settlementsOf(sold)).body()).isEqualTo(settlements);
            assertThat(entity(sandbox.get("/v2/balances"))).isEqualTo(balance);
            sandbox.advance("PT10M");
            assertThat(entity(sandbox.get("/v2/sellers/" + seller))).contains("PARTIALLY_APPROVED");
            assertThat(entity(sandbox.get("/v2/payouts/" + payout))).contains("COMPLETED");
            assertThat(sandbox.post("/v2/sellers", sellerOf("CORPORATE", "corp-1"))
                            .json()
                            .at("/error/code")
                            .asString())
                    .isEqualTo("DUPLICATED_REQUEST");
            sandbox.advance("P14D");
            assertThat(entity(sandbox.get("/v2/balances"))).contains("\"value\":" + (993_000 + 31_766) + ".0");
        }
    }

    @Test
    void a_reset_puts_the_money_back() {
        try (RunningSandbox sandbox = start()) {
            String corporation = registered(sandbox, "CORPORATE", "corp-1");
            String payout = requested(sandbox, corporation, 7_000);
            String snapshot = sandbox.post("/control/snapshots", "").text("id");
            sandbox.advance("PT2M");
            requested(sandbox, corporation, 20_000);
            sandbox.confirm(sandbox.authenticated(orderId), orderId);

            sandbox.post("/control/snapshots/" + snapshot + "/reset", "");

            assertThat(entity(sandbox.get("/v2/balances"))).contains("\"value\":993000.0");
            assertThat(entity(sandbox.get("/v2/payouts/" + payout))).contains("REQUESTED");
            assertThat(sandbox.get(ALL_TRANSACTIONS).body()).isEqualTo("[]");
            sandbox.advance("PT2M");
            assertThat(entity(sandbox.get("/v2/payouts/" + payout))).contains("COMPLETED");
        }
    }

    private static String entity(Answer answer) {
        return answer.json().path("entityBody").toString();
    }

    private static String settlementsOf(LocalDate sold) {
        return "/v1/settlements?startDate=" + sold + "&endDate=" + sold;
    }

    private static String registered(RunningSandbox sandbox, String type, String reference) {
        return sandbox.post("/v2/sellers", sellerOf(type, reference))
                .json()
                .at("/entityBody/id")
                .asString();
    }

    private static String sellerOf(String type, String reference) {
        return """
            {"refSellerId": "%s", "businessType": "%s",
             "company": {"name": "데모상회", "representativeName": "이데모", "businessRegistrationNumber": "1112233333",
                         "email": "a@example.com", "phone": "01000000000"},
             "individual": {"name": "이데모", "email": "a@example.com", "phone": "01000000000"},
             "account": {"bankCode": "092", "accountNumber": "1000000000001", "holderName": "이데모"}}
            """.formatted(reference, type);
    }

    private static String requested(RunningSandbox sandbox, String seller, long won) {
        Answer answer = sandbox.post("/v2/payouts", """
                [{"refPayoutId": "payout-%d", "destination": "%s", "scheduleType": "EXPRESS",
                  "amount": {"currency": "KRW", "value": %d}, "transactionDescription": "정산", "metadata": {"a": "b"}}]
                """.formatted(won, seller, won));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().at("/entityBody/items/0/id").asString();
    }

    private RunningSandbox start() {
        return RunningSandbox.startAt(
                "2026-03-10T10:00",
                "wonflow.sandbox.state-file=" + folder.resolve("state.json"),
                "wonflow.sandbox.settlement.enabled=true",
                "wonflow.sandbox.payout.starting-balance=1000000");
    }
}
