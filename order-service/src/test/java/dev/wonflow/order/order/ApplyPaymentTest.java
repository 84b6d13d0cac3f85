package dev.wonflow.order.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.order.OrderId;
import dev.wonflow.order.payment.Payment;
import dev.wonflow.order.payment.PaymentFact;
import dev.wonflow.order.payment.PaymentNote;
import org.junit.jupiter.api.Test;

class ApplyPaymentTest {

    private final OrderServices services = new OrderServices();
    private final Order order = services.placeOrder().placeOnce(OrderFixture.TENANT, "r-1", OrderFixture.aCart());
    private final Payment payment = services.paymentOf(order.id().value());

    @Test
    void repeated_request_is_the_same_order() {
        assertThat(services.placeOrder().placeOnce(OrderFixture.TENANT, "r-1", OrderFixture.aCart()))
                .isEqualTo(order);
        assertThat(services.published()).hasSize(1);
    }

    @Test
    void payment_of_no_order_here_is_not_ours() {
        Payment foreign = new Payment(
                OrderFixture.PAYMENT, new OrderId("ord_elsewhere"), OrderFixture.TENANT, OrderFixture.PRICE, false);

        assertThat(services.applyPayment().apply(new PaymentFact.Requested(foreign), 1))
                .isEqualTo(ApplyPayment.Result.NOT_OURS);
    }

    @Test
    void old_news_that_comes_late_changes_nothing() {
        services.applyPayment().apply(new PaymentFact.Paid(payment, OrderFixture.LATER), 5);

        assertThat(services.applyPayment().apply(new PaymentFact.OutcomeUnknown(payment), 4))
                .isEqualTo(ApplyPayment.Result.STALE);
        assertThat(services.applyPayment().apply(new PaymentFact.Paid(payment, OrderFixture.LATER), 5))
                .isEqualTo(ApplyPayment.Result.STALE);
        assertThat(services.order(order.id()).status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(services.published()).hasSize(2);
    }

    @Test
    void news_without_an_effect_does_not_hide_an_older_payment_that_is_told_late() {
        services.applyPayment().apply(new PaymentFact.PartiallyRefunded(payment), 5);

        assertThat(services.applyPayment().apply(new PaymentFact.Paid(payment, OrderFixture.LATER), 4))
                .isEqualTo(ApplyPayment.Result.APPLIED);
        assertThat(services.order(order.id()).status()).isEqualTo(OrderStatus.CONFIRMED);
    }

    @Test
    void second_payment_starts_with_its_own_news() {
        services.applyPayment()
                .apply(new PaymentFact.Failed(payment, "REJECT_CARD_COMPANY", null, OrderFixture.LATER), 9);
        Payment second = new Payment(OrderFixture.OTHER_PAYMENT, order.id(), order.tenantId(), order.amount(), false);

        assertThat(services.applyPayment().apply(new PaymentFact.Paid(second, OrderFixture.LATER), 2))
                .isEqualTo(ApplyPayment.Result.APPLIED);
        assertThat(services.order(order.id()).paidBy()).isEqualTo(OrderFixture.OTHER_PAYMENT);
    }

    @Test
    void money_for_a_cancelled_order_holds_it_and_is_noted_as_an_incident() {
        services.cancelOrder().cancel(OrderFixture.CALLER, order.id().value());

        services.applyPayment().apply(new PaymentFact.Paid(payment, OrderFixture.LATER), 3);

        assertThat(services.order(order.id()).status()).isEqualTo(OrderStatus.ON_HOLD);
        assertThat(services.notes())
                .singleElement()
                .satisfies(note -> assertThat(note.code()).isEqualTo(PaymentNote.PAID_AFTER_CANCELLATION));
        assertThat(services.findOrder()
                        .find(OrderFixture.TENANT, order.id().value())
                        .failures())
                .isEmpty();
    }
}
