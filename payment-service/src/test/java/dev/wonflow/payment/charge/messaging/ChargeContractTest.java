package dev.wonflow.payment.charge.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.charge.Charge;
import dev.wonflow.payment.charge.ChargeEvent;
import dev.wonflow.payment.charge.ChargeId;
import dev.wonflow.payment.gateway.ChargeOutcome;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.contract.ContractSample;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class ChargeContractTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant KNOWN = Instant.parse("2026-02-05T00:00:02Z");

    private static final Charge CHARGE = Charge.requested(
            new ChargeId(UUID.fromString("019b8c20-1a68-73c4-af0b-6d4c8e91a010")),
            new TenantId("hanbit-studio"),
            new BillingMethodId(UUID.fromString("019b8c1f-c0b8-73c4-af0b-6d4c8e91a011")),
            "팀 요금제 1개월",
            Money.ofWon(29_000),
            Money.ZERO,
            Instant.parse("2026-02-05T00:00:00Z"));

    @ParameterizedTest
    @MethodSource("written")
    void every_event_is_written_exactly_as_its_sample(String type, String sample, ChargeEvent event) {
        OutboxChargeEvents.Contract contract = OutboxChargeEvents.contract(CHARGE, event, false);

        assertThat(contract.type()).isEqualTo(type);
        ContractSamples.of(type, sample).assertWrittenAs(JSON.writeValueAsString(contract.body()));
    }

    static Stream<Arguments> written() {
        return Stream.of(
                Arguments.of(
                        "payment.charge-paid.v1",
                        "team-for-a-month",
                        new ChargeEvent.Paid(
                                new PaymentId(UUID.fromString("019b8c20-2238-73c4-af0b-6d4c8e91a012")), KNOWN)),
                Arguments.of(
                        "payment.charge-failed.v1",
                        "over-the-limit",
                        new ChargeEvent.Failed(
                                new Failure("REJECT_CARD_PAYMENT", "한도초과 혹은 잔액부족으로 결제에 실패했습니다."),
                                ChargeOutcome.Remedy.LATER,
                                KNOWN)),
                Arguments.of(
                        "payment.charge-failed.v1",
                        "method-removed",
                        new ChargeEvent.Failed(
                                new Failure("BILLING_METHOD_REMOVED", null), ChargeOutcome.Remedy.NEW_METHOD, KNOWN)),
                Arguments.of(
                        "payment.charge-unknown.v1",
                        "timed-out",
                        new ChargeEvent.OutcomeUnknown("TIMEOUT", Instant.parse("2026-02-05T00:01:02Z"))));
    }

    @ParameterizedTest
    @MethodSource("asked")
    void every_command_can_be_read(ContractSample sample) {
        Charge charge = JSON.readValue(sample.json(), ChargeMessages.ChargeRequested.class)
                .charge(TenantClocks.allAt(Clock.fixed(KNOWN, ZoneOffset.UTC)));

        assertThat(charge.amount().won()).isEqualTo(sample.tree().path("amount").longValue());
        assertThat(charge.taxFree().won())
                .isEqualTo(sample.tree().path("taxFreeAmount").longValue(0));
        assertThat(charge.orderId().value())
                .isEqualTo(
                        "chg_" + sample.tree().path("chargeId").stringValue("").replace("-", ""));
    }

    static Stream<ContractSample> asked() {
        return ContractSamples.of("payment.charge-requested.v1").stream();
    }
}
