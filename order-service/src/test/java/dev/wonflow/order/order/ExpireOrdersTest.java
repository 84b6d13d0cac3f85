package dev.wonflow.order.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpireOrdersTest {

    private final OrderServices services = new OrderServices();

    @Test
    void unpaid_orders_are_called_off_when_their_time_is_over_and_not_before() {
        Order order = place();

        services.clock().advance(Duration.ofHours(24).minusMillis(1));
        assertThat(services.expireOrders().runOnce()).isZero();

        services.clock().advance(Duration.ofMillis(1));
        assertThat(services.expireOrders().runOnce()).isEqualTo(1);
        assertThat(services.order(order.id()).cancelReason()).isEqualTo(CancelReason.EXPIRED);
        assertThat(services.published()).last().isInstanceOf(OrderEvent.Cancelled.class);
    }

    @Test
    void order_that_may_be_paid_is_left_alone() {
        Order order = place();
        services.check(order.id().value());
        services.clock().advance(Duration.ofDays(400));

        assertThat(services.expireOrders().runOnce()).isZero();
    }

    /** The page holds two orders; the bad one must neither stop the sweep nor be looked at for ever. */
    @Test
    void bad_order_does_not_keep_the_others_waiting() {
        Order bad = place();
        for (int i = 0; i < 6; i++) {
            place();
        }
        services.spoil(bad.id());
        services.clock().advance(Duration.ofHours(24));

        assertThat(services.expireOrders().runOnce()).isEqualTo(6);
        assertThat(services.order(bad.id()).status()).isEqualTo(OrderStatus.PENDING);
    }

    private Order place() {
        return services.placeOrder().place(OrderFixture.CALLER, OrderFixture.aCart());
    }
}
