package dev.wonflow.order.order.messaging;

import dev.wonflow.money.Money;
import dev.wonflow.order.order.CheckoutPage;
import dev.wonflow.order.order.Order;
import dev.wonflow.order.order.OrderEvent;
import dev.wonflow.order.order.OrderEvents;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.IdSource;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes order events as outbox messages. The one place where our words become the contract's. */
@Component
class OutboxOrderEvents implements OrderEvents {

    static final String TOPIC = "order.events";

    /** Of its own, because what we publish must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final Outbox outbox;
    private final CheckoutPage checkoutPage;
    private final IdSource ids;

    OutboxOrderEvents(Outbox outbox, CheckoutPage checkoutPage, IdSource ids) {
        this.outbox = outbox;
        this.checkoutPage = checkoutPage;
        this.ids = ids;
    }

    @Override
    public void publish(Order order, OrderEvent event) {
        Contract contract = contract(order, event, checkoutPage);
        outbox.append(new OutboxMessage(
                ids.next(),
                TOPIC,
                order.id().value(),
                contract.type(),
                order.version(),
                order.tenantId().value(),
                event.at(),
                contract.json()));
    }

    static Contract contract(Order order, OrderEvent event, CheckoutPage checkoutPage) {
        String orderId = order.id().value();
        String tenantId = order.tenantId().value();
        return switch (event) {
            case OrderEvent.Placed _ -> Contract.of("order.placed.v1", placed(order, checkoutPage));
            case OrderEvent.Confirmed(var paymentId, var amount, var livemode, var at) ->
                Contract.of(
                        "order.confirmed.v1",
                        new ConfirmedV1(orderId, tenantId, paymentId, amount.won(), Money.CURRENCY, livemode, at));
            case OrderEvent.Held(var paymentId, var reason, var at) ->
                Contract.of("order.on-hold.v1", new OnHoldV1(orderId, tenantId, paymentId, reason.name(), at));
            case OrderEvent.Cancelled(var reason, var at) ->
                Contract.of("order.cancelled.v1", new CancelledV1(orderId, tenantId, reason.name(), at));
            case OrderEvent.Shipped(var at) -> Contract.of("order.shipped.v1", new ShippedV1(orderId, tenantId, at));
        };
    }

    private static PlacedV1 placed(Order order, CheckoutPage checkoutPage) {
        return new PlacedV1(
                order.id().value(),
                order.tenantId().value(),
                order.name(),
                order.amount().won(),
                Money.CURRENCY,
                order.cart().items().stream()
                        .map(item -> new ItemV1(
                                item.sku(), item.name(), item.unitPrice().won(), item.quantity()))
                        .toList(),
                order.cart().plan(),
                order.requestId(),
                order.cart().customerId(),
                checkoutPage.of(order.id()).toString(),
                order.placedAt(),
                order.expiresAt());
    }

    /** A message's type and body. */
    record Contract(String type, String json) {

        static Contract of(String type, Record body) {
            return new Contract(type, JSON.writeValueAsString(body));
        }
    }

    record PlacedV1(
            String orderId,
            String tenantId,
            String orderName,
            long amount,
            String currency,
            List<ItemV1> items,
            @Nullable String plan,
            @Nullable String requestId,
            @Nullable String customerId,
            String checkoutUrl,
            Instant placedAt,
            Instant expiresAt) {}

    record ItemV1(String sku, String name, long unitPrice, int quantity) {}

    record ConfirmedV1(
            String orderId,
            String tenantId,
            UUID paymentId,
            long amount,
            String currency,
            boolean livemode,
            Instant confirmedAt) {}

    record OnHoldV1(String orderId, String tenantId, UUID paymentId, String reason, Instant heldAt) {}

    record CancelledV1(String orderId, String tenantId, String reason, Instant cancelledAt) {}

    record ShippedV1(String orderId, String tenantId, Instant shippedAt) {}
}
