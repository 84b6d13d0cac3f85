package dev.wonflow.order.order;

import dev.wonflow.access.Caller;
import dev.wonflow.money.Money;
import dev.wonflow.order.OrderId;
import dev.wonflow.order.cart.Cart;
import dev.wonflow.order.cart.Item;
import dev.wonflow.order.payment.Payment;
import dev.wonflow.order.payment.PaymentFact;
import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Orders in the states tests need, reached by the steps production code takes. */
public final class OrderFixture {

    public static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");
    public static final Instant LATER = Instant.parse("2026-01-05T03:00:33Z");
    public static final OrderId ID = new OrderId("ord_019b8c18e38073c4af0b6d4c8e91a001");
    public static final UUID PAYMENT = UUID.fromString("019b8c18-e768-73c4-af0b-6d4c8e91a002");
    public static final UUID OTHER_PAYMENT = UUID.fromString("019b8c18-e768-73c4-af0b-6d4c8e91a009");
    public static final Money PRICE = Money.ofWon(33_000);
    public static final TenantId TENANT = new TenantId("default");
    public static final Caller CALLER = new Caller(TENANT, "mina", "default-shop");

    private OrderFixture() {}

    public static Cart aCart() {
        return new Cart(
                List.of(
                        new Item("MUG-350-WHITE", "머그컵", Money.ofWon(12_000), 2),
                        new Item("COASTER-CORK", "코르크 컵받침", Money.ofWon(9_000), 1)),
                null,
                "cust-20417");
    }

    public static Order aPendingOrder() {
        return Order.placed(ID, TENANT, "/shop/cart|req-2026-000017", aCart(), NOON, Duration.ofMinutes(30))
                .order();
    }

    public static Order aCheckedOrder() {
        return aPendingOrder()
                .after(new PaymentFact.OutcomeUnknown(aPayment()), LATER)
                .order();
    }

    public static Order aConfirmedOrder() {
        return aPendingOrder()
                .after(new PaymentFact.Paid(aPayment(), LATER), LATER)
                .order();
    }

    public static Order anOrderOnHold() {
        return aConfirmedOrder()
                .after(new PaymentFact.Reversed(aPayment(), LATER), LATER)
                .order();
    }

    public static Order aShippedOrder() {
        return aConfirmedOrder().ship(LATER).order();
    }

    public static Order aCancelledOrder() {
        return aPendingOrder().cancel(LATER).order();
    }

    public static Order anOrderPaidTooLate() {
        return aCancelledOrder()
                .after(new PaymentFact.Paid(aPayment(), LATER), LATER)
                .order();
    }

    /** An order in the given state. */
    public static Order anOrder(OrderStatus status) {
        return switch (status) {
            case PENDING -> aPendingOrder();
            case CONFIRMED -> aConfirmedOrder();
            case ON_HOLD -> anOrderOnHold();
            case SHIPPED -> aShippedOrder();
            case CANCELLED -> aCancelledOrder();
        };
    }

    public static Payment aPayment() {
        return new Payment(PAYMENT, ID, TENANT, PRICE, false);
    }

    public static Payment anotherPayment() {
        return new Payment(OTHER_PAYMENT, ID, TENANT, PRICE, false);
    }
}
