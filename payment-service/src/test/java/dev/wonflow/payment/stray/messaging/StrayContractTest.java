package dev.wonflow.payment.stray.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.ContractFixture;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.payment.stray.StrayCapture;
import dev.wonflow.payment.stray.StrayCaptureId;
import dev.wonflow.payment.stray.StrayCaptureStatus;
import dev.wonflow.testsupport.contract.ContractSample;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class StrayContractTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPE = "payment.stray-capture-refunded.v1";

    @ParameterizedTest
    @MethodSource("written")
    void every_kind_is_written_exactly_as_its_sample(
            String sample, PaymentKey key, Stray.Reason reason, long won, RefundOrigin origin, String refundedAt) {
        Payment payment = ContractFixture.aPayment();
        StrayCapture stray = new StrayCapture(
                new StrayCaptureId(UUID.fromString("019b8c1c-9a40-73c4-af0b-6d4c8e91a007")),
                payment.id(),
                payment.orderId(),
                payment.purchase().tenantId(),
                key,
                reason,
                StrayCaptureStatus.REFUNDED,
                Money.ofWon(won),
                null,
                Uncertainty.NONE,
                origin,
                null,
                null,
                Instant.parse("2026-01-05T03:05:31Z"),
                Instant.parse(refundedAt));

        ContractSamples.of(TYPE, sample)
                .assertWrittenAs(JSON.writeValueAsString(OutboxStrayEvents.body(payment, stray)));
    }

    static Stream<Arguments> written() {
        return Stream.of(
                Arguments.of(
                        "second-capture",
                        PaymentFixture.OTHER_KEY,
                        Stray.Reason.SECOND_CAPTURE,
                        33_000L,
                        RefundOrigin.AUTOMATIC,
                        "2026-01-05T03:05:32Z"),
                Arguments.of(
                        "amount-differs",
                        PaymentFixture.KEY,
                        Stray.Reason.AMOUNT_DIFFERS,
                        100L,
                        RefundOrigin.AUTOMATIC,
                        "2026-01-05T03:05:32Z"),
                Arguments.of(
                        "given-back-elsewhere",
                        PaymentFixture.OTHER_KEY,
                        Stray.Reason.SECOND_CAPTURE,
                        33_000L,
                        RefundOrigin.EXTERNAL,
                        "2026-01-07T03:00:00Z"));
    }

    @Test
    void no_sample_is_left_out() {
        assertThat(ContractSamples.of(TYPE))
                .extracting(ContractSample::name)
                .containsExactlyInAnyOrderElementsOf(
                        written().map(arguments -> (String) arguments.get()[0]).toList());
    }
}
