package dev.wonflow.order.order.messaging;

import static dev.wonflow.order.order.OrderFixture.PAYMENT;
import static dev.wonflow.order.order.OrderFixture.PRICE;
import static dev.wonflow.order.order.OrderFixture.aCancelledOrder;
import static dev.wonflow.order.order.OrderFixture.aConfirmedOrder;
import static dev.wonflow.order.order.OrderFixture.aPendingOrder;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.order.order.CancelReason;
import dev.wonflow.order.order.CheckoutPage;
import dev.wonflow.order.order.Order;
import dev.wonflow.order.order.OrderEvent;
import dev.wonflow.order.payment.PaymentFact;
import dev.wonflow.testsupport.contract.ContractSample;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What we write is the contract's samples; what we read is all of them. */
class OrderContractTest {

    private static final CheckoutPage PAGE = CheckoutPage.of("APP_URL", "http://127.0.0.1:18085");

    @Test
    void placed_order_is_written_as_the_contract_says() {
        written(aPendingOrder(), new OrderEvent.Placed(aPendingOrder().placedAt()), "order.placed.v1", "two-articles");
    }

    @Test
    void confirmed_order_is_written_as_the_contract_says() {
        written(
                aConfirmedOrder(),
                new OrderEvent.Confirmed(PAYMENT, PRICE, false, Instant.parse("2026-01-05T03:00:33Z")),
                "order.confirmed.v1",
                "paid-by-card");
    }

    @Test
    void held_order_is_written_as_the_contract_says() {
        written(
                aConfirmedOrder(),
                new OrderEvent.Held(
                        PAYMENT, OrderEvent.HoldReason.PAYMENT_REVERSED, Instant.parse("2026-01-05T03:15:00Z")),
                "order.on-hold.v1",
                "deposit-reversed");
    }

    @Test
    void order_held_by_money_that_came_too_late_is_written_as_the_contract_says() {
        written(
                aCancelledOrder(),
                new OrderEvent.Held(
                        PAYMENT, OrderEvent.HoldReason.PAID_AFTER_CANCELLATION, Instant.parse("2026-01-05T03:15:00Z")),
                "order.on-hold.v1",
                "paid-after-cancellation");
    }

    @ParameterizedTest
    @EnumSource(OrderEvent.HoldReason.class)
    void every_reason_to_hold_has_a_sample(OrderEvent.HoldReason reason) {
        assertThat(ContractSamples.of("order.on-hold.v1"))
                .anyMatch(sample -> sample.tree().get("reason").stringValue().equals(reason.name()));
    }

    @ParameterizedTest
    @CsvSource({
        "BUYER_CANCELED, canceled-by-buyer",
        "EXPIRED, expired",
        "NOT_ON_SALE, not-on-sale",
        "REFUNDED, refunded",
        "REQUESTED, requested"
    })
    void cancelled_order_is_written_as_the_contract_says(CancelReason reason, String sample) {
        written(
                aCancelledOrder(),
                new OrderEvent.Cancelled(reason, Instant.parse("2026-01-05T03:30:00Z")),
                "order.cancelled.v1",
                sample);
    }

    /** A reason without a sample would be published without anybody having agreed to it. */
    @ParameterizedTest
    @EnumSource(CancelReason.class)
    void every_reason_has_a_sample(CancelReason reason) {
        assertThat(ContractSamples.of("order.cancelled.v1"))
                .anyMatch(sample -> sample.tree().get("reason").stringValue().equals(reason.name()));
    }

    @Test
    void shipped_order_is_written_as_the_contract_says() {
        written(
                aConfirmedOrder(),
                new OrderEvent.Shipped(Instant.parse("2026-01-06T03:00:00Z")),
                "order.shipped.v1",
                "shipped");
    }

    /** Invented codes and reasons are among them. */
    @ParameterizedTest
    @MethodSource("paymentSamples")
    void every_payment_event_is_understood(ContractSample sample) {
        PaymentFact fact =
                PaymentEvent.read(sample.type(), sample.json().getBytes(UTF_8)).orElseThrow();

        assertThat(fact.payment().orderId().value())
                .isEqualTo(sample.tree().get("orderId").stringValue());
        assertThat(fact.payment().amount().won())
                .isEqualTo(sample.tree().get("amount").longValue());
    }

    @ParameterizedTest
    @CsvSource({"window-closed, BUYER_CANCELED", "invented-reason, BUYER_CANCELED", "plan-at-another-price, NOT_ON_SALE"
    })
    void reason_of_a_canceled_payment_is_told_apart(String sample, PaymentFact.Canceled.Cause cause) {
        ContractSample canceled = ContractSamples.of("payment.canceled.v1", sample);

        assertThat(PaymentEvent.read(canceled.type(), canceled.json().getBytes(UTF_8)))
                .hasValueSatisfying(fact -> assertThat(fact)
                        .isEqualTo(new PaymentFact.Canceled(
                                fact.payment(),
                                cause,
                                Instant.parse(canceled.tree().get("canceledAt").stringValue()))));
    }

    static Stream<ContractSample> paymentSamples() {
        return Stream.of(
                        "payment.requested.v1",
                        "payment.outcome-unknown.v1",
                        "payment.waiting-for-deposit.v1",
                        "payment.paid.v1",
                        "payment.reversed.v1",
                        "payment.failed.v1",
                        "payment.canceled.v1",
                        "payment.refunded.v1",
                        "payment.partially-refunded.v1")
                .map(ContractSamples::of)
                .flatMap(List::stream);
    }

    @Test
    void member_of_another_event_may_mean_something_else_here() {
        ContractSample refunded = ContractSamples.of("payment.refunded.v1").getFirst();
        String body = refunded.json().replaceFirst("\\{", "{\"reason\": {\"code\": 5}, \"failedAt\": 7, ");

        assertThat(PaymentEvent.read(refunded.type(), body.getBytes(UTF_8)))
                .isEqualTo(PaymentEvent.read(refunded.type(), refunded.json().getBytes(UTF_8)));
        assertThatThrownBy(() -> PaymentEvent.read("payment.canceled.v1", body.getBytes(UTF_8)))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessage("reason: of another kind (expected: text)");
    }

    @Test
    void unknown_type_is_no_error() {
        assertThat(PaymentEvent.read("payment.dreamed.v1", new byte[0])).isEmpty();
    }

    private static void written(Order order, OrderEvent event, String type, String sample) {
        OutboxOrderEvents.Contract contract = OutboxOrderEvents.contract(order, event, PAGE);

        assertThat(contract.type()).isEqualTo(type);
        ContractSamples.of(type, sample).assertWrittenAs(contract.json());
    }
}
