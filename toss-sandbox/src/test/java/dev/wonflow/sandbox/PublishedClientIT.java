package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A client of Toss that others wrote and published to npm, told nothing but another host. It is of 2022, so that it
 * confirms by the older path.
 */
@Tag("browser")
class PublishedClientIT {

    private static final Path INSTALLED = Path.of("target/published");
    private static final int BUYER_SECONDS = 60;

    private static final RunningSandbox SANDBOX = RunningSandbox.shared();
    private static final String PREFIX = RunningSandbox.newOrderId();
    private static JsonNode outcome;

    @BeforeAll
    static void let_it_pay() throws IOException, InterruptedException {
        Npm.install(
                Path.of("src/test/published"),
                INSTALLED,
                List.of("package.json", "package-lock.json", "buyer.cjs"),
                "ci",
                "--legacy-peer-deps");
        Path printed = INSTALLED.resolve("buyer.json");
        Path log = INSTALLED.resolve("buyer.log");
        Process buyer = new ProcessBuilder(
                        Browser.program("Node.js", "node").toString(),
                        "buyer.cjs",
                        SANDBOX.base().toString(),
                        RunningSandbox.SECRET_KEY,
                        PREFIX)
                .directory(INSTALLED.toFile())
                .redirectOutput(printed.toFile())
                .redirectError(log.toFile())
                .start();
        if (!buyer.waitFor(BUYER_SECONDS, TimeUnit.SECONDS)) {
            buyer.destroyForcibly();
        }
        assertThat(buyer.waitFor()).as(() -> read(log)).isZero();
        outcome = RunningSandbox.json(Files.readString(printed));
    }

    @Test
    void it_approves_what_a_buyer_authenticated() {
        assertThat(text("/approved/paymentKey")).isEqualTo(text("/opened/paymentKey"));
        assertThat(text("/approved/status")).isEqualTo("DONE");
    }

    @Test
    void it_charges_a_card_finds_the_payment_and_gives_a_part_back() {
        assertThat(text("/keyedIn/status")).isEqualTo("DONE");
        assertThat(text("/found/paymentKey")).isEqualTo(text("/keyedIn/paymentKey"));
        assertThat(text("/cancelledInPart/status")).isEqualTo("PARTIAL_CANCELED");
        assertThat(outcome.at("/cancelledInPart/balanceAmount").asLong()).isEqualTo(20_000);
    }

    @Test
    void it_issues_a_virtual_account_and_sees_the_deposit() {
        assertThat(text("/account/status")).isEqualTo("WAITING_FOR_DEPOSIT");
        assertThat(text("/account/virtualAccount/bankCode")).isEqualTo("88");
        assertThat(text("/deposited/status")).isEqualTo("DONE");
    }

    @Test
    void it_registers_a_card_and_charges_it_once() {
        assertThat(text("/billing/billingKey")).isNotEmpty();
        assertThat(text("/charged/status")).isEqualTo("DONE");
        assertThat(text("/charged/type")).isEqualTo("BILLING");
        assertThat(text("/chargedTwice/code")).isEqualTo("DUPLICATED_ORDER_ID");
    }

    @Test
    void it_issues_a_cash_receipt_and_takes_it_back() {
        assertThat(text("/receipt/receiptKey")).isNotEmpty();
        assertThat(text("/receiptCancelled/receiptKey")).isEqualTo("c_" + text("/receipt/receiptKey"));
    }

    @Test
    void it_recognizes_a_refusal() {
        assertRefused("/cancelledTooMuch", 403, "NOT_CANCELABLE_AMOUNT");
        assertRefused("/unknown", 404, "NOT_FOUND_PAYMENT");
        assertRefused("/stranger", 401, "UNAUTHORIZED_KEY");
    }

    private static void assertRefused(String what, int status, String code) {
        assertThat(outcome.at(what + "/status").asInt()).as(what).isEqualTo(status);
        assertThat(text(what + "/code")).as(what).isEqualTo(code);
    }

    private static String text(String where) {
        return outcome.at(where).asString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
