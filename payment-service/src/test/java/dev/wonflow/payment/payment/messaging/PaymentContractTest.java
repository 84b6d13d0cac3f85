package dev.wonflow.payment.payment.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.ContractFixture;
import dev.wonflow.payment.gateway.Remittance;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.testsupport.contract.ContractSample;
import dev.wonflow.testsupport.contract.ContractSamples;
import dev.wonflow.testsupport.contract.ContractSchema;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class PaymentContractTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @MethodSource("written")
    void every_event_is_written_exactly_as_its_sample(String type, String sample, boolean plan, PaymentEvent event) {
        OutboxPaymentEvents.Contract contract =
                OutboxPaymentEvents.contract(plan ? ContractFixture.aPlanPayment() : ContractFixture.aPayment(), event);

        assertThat(contract.type()).isEqualTo(type);
        ContractSamples.of(type, sample).assertWrittenAs(JSON.writeValueAsString(contract.body()));
    }

    static Stream<Arguments> written() {
        return Stream.of(
                Arguments.of("payment.requested.v1", "goods", false, ContractFixture.requested()),
                Arguments.of("payment.requested.v1", "plan", true, ContractFixture.planRequested()),
                Arguments.of("payment.outcome-unknown.v1", "timed-out", false, ContractFixture.outcomeUnknown()),
                Arguments.of(
                        "payment.waiting-for-deposit.v1", "virtual-account", false, ContractFixture.depositAwaited()),
                Arguments.of(
                        "payment.waiting-for-deposit.v1",
                        "no-due-date",
                        false,
                        ContractFixture.depositAwaitedForEver()),
                Arguments.of("payment.paid.v1", "card", false, ContractFixture.paid("카드")),
                Arguments.of("payment.paid.v1", "method-not-told", false, ContractFixture.paid(null)),
                Arguments.of("payment.paid.v1", "plan", true, ContractFixture.planPaid()),
                Arguments.of(
                        "payment.canceled.v1", "plan-at-another-price", false, ContractFixture.canceledAsNotOnSale()),
                Arguments.of("payment.reversed.v1", "deposit-reversed", false, ContractFixture.reversed()),
                Arguments.of("payment.failed.v1", "declined", false, ContractFixture.declined()),
                Arguments.of("payment.failed.v1", "expired", false, ContractFixture.expired()),
                Arguments.of("payment.canceled.v1", "window-closed", false, ContractFixture.canceled()),
                Arguments.of("payment.refunded.v1", "asked-for-in-full", false, ContractFixture.refunded()),
                Arguments.of(
                        "payment.partially-refunded.v1",
                        "asked-for-one-mug",
                        false,
                        ContractFixture.partiallyRefunded()),
                Arguments.of(
                        "payment.partially-refunded.v1",
                        "in-the-console",
                        false,
                        ContractFixture.partiallyRefundedInTheConsole()),
                remittance("on-its-way", Remittance.PENDING, "2026-01-07T03:00:00Z"),
                remittance("arrived", Remittance.COMPLETED, "2026-01-09T03:00:00Z"),
                remittance("not-taken", Remittance.FAILED, "2026-01-09T03:00:00Z"));
    }

    private static Arguments remittance(String sample, Remittance remittance, String at) {
        return Arguments.of(
                "payment.refund-status-changed.v1",
                sample,
                false,
                ContractFixture.remittance(remittance, Instant.parse(at)));
    }

    @Test
    void payment_of_a_plan_names_the_version_its_amount_was_compared_with() {
        OutboxPaymentEvents.Contract contract =
                OutboxPaymentEvents.contract(ContractFixture.aPlanPaymentAtItsPrice(), ContractFixture.planPaid());

        ContractSamples.of("payment.paid.v1", "plan-at-its-price")
                .assertWrittenAs(JSON.writeValueAsString(contract.body()));
    }

    @Test
    void no_payment_event_of_the_contracts_is_left_out() {
        Set<String> tried =
                written().map(arguments -> (String) arguments.get()[0]).collect(Collectors.toSet());

        assertThat(ContractSchema.types())
                .filteredOn(type -> type.startsWith("payment.")
                        && !type.startsWith("payment.charge-")
                        && !type.startsWith("payment.cash-receipt-")
                        && !type.startsWith("payment.stray-capture-")
                        && !type.startsWith("payment.billing-method-"))
                .containsExactlyInAnyOrderElementsOf(tried);
    }

    @ParameterizedTest
    @MethodSource("placed")
    void every_placed_order_can_be_read(ContractSample sample) {
        assertThat(JSON.readValue(sample.json(), OrderMessages.Placed.class)
                        .purchase()
                        .amount()
                        .won())
                .isEqualTo(sample.tree().path("amount").longValue());
    }

    static Stream<ContractSample> placed() {
        return ContractSamples.of("order.placed.v1").stream();
    }

    @ParameterizedTest
    @MethodSource("cancelled")
    void every_cancelled_order_can_be_read_whatever_the_reason(ContractSample sample) {
        assertThat(JSON.readValue(sample.json(), OrderMessages.Cancelled.class)
                        .closing()
                        .order()
                        .value())
                .isEqualTo(sample.tree().path("orderId").stringValue());
    }

    static Stream<ContractSample> cancelled() {
        return ContractSamples.of("order.cancelled.v1").stream();
    }
}
