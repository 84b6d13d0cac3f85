package dev.wonflow.payment.receipt.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.ContractFixture;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.receipt.CashReceipt;
import dev.wonflow.testsupport.contract.ContractSample;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class ReceiptContractTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPE = "payment.cash-receipt-changed.v1";
    private static final String KEY = "mUq3xQvWd0nKp7RzYb2sTgHcJf9LaEoX1iN5kV8wB4yC6tGd";
    private static final Instant PAID = Instant.parse("2026-01-05T03:00:32Z");
    private static final Instant REFUNDED = Instant.parse("2026-01-07T03:00:00Z");

    @ParameterizedTest
    @MethodSource("written")
    void every_state_is_written_exactly_as_its_sample(String sample, GatewayReceipt told, String changedAt) {
        Payment payment = ContractFixture.aPayment();
        CashReceipt receipt = new CashReceipt(payment.id(), told, null, Instant.parse(changedAt));

        ContractSamples.of(TYPE, sample)
                .assertWrittenAs(JSON.writeValueAsString(OutboxReceiptEvents.body(payment, receipt)));
    }

    static Stream<Arguments> written() {
        return Stream.of(
                Arguments.of(
                        "asked-for-with-the-payment",
                        issue(GatewayReceipt.Status.IN_PROGRESS, null, null),
                        "2026-01-05T03:00:33Z"),
                Arguments.of("issued", issue(GatewayReceipt.Status.COMPLETED, null, null), "2026-01-06T09:00:00Z"),
                Arguments.of(
                        "refused", issue(GatewayReceipt.Status.FAILED, "NTS_ERROR", "TS1"), "2026-01-06T09:00:00Z"),
                Arguments.of(
                        "partly-taken-back",
                        new GatewayReceipt(
                                "c_" + KEY,
                                GatewayReceipt.Kind.CANCEL,
                                "소득공제",
                                Money.ofWon(12_000),
                                Money.ZERO,
                                null,
                                null,
                                GatewayReceipt.Status.IN_PROGRESS,
                                null,
                                null,
                                REFUNDED),
                        "2026-01-07T03:00:01Z"));
    }

    private static GatewayReceipt issue(
            GatewayReceipt.Status status, @Nullable String failureCode, @Nullable String failureReason) {
        return new GatewayReceipt(
                KEY,
                GatewayReceipt.Kind.CONFIRM,
                "소득공제",
                Money.ofWon(33_000),
                Money.ZERO,
                "240015772",
                "https://dashboard.tosspayments.com/receipts/cash-receipt/ord_019b8c18e38073c4af0b6d4c8e91a001/demomall01?ref=PX",
                status,
                failureCode,
                failureReason,
                PAID);
    }

    @Test
    void no_sample_is_left_out() {
        assertThat(ContractSamples.of(TYPE))
                .extracting(ContractSample::name)
                .containsExactlyInAnyOrderElementsOf(
                        written().map(arguments -> (String) arguments.get()[0]).toList());
    }
}
