package dev.wonflow.order.order.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.idempotency.Once;
import dev.wonflow.money.Money;
import dev.wonflow.order.cart.Cart;
import dev.wonflow.order.cart.CartForm;
import dev.wonflow.order.cart.Item;
import dev.wonflow.order.order.CancelOrder;
import dev.wonflow.order.order.CancelReason;
import dev.wonflow.order.order.CheckoutPage;
import dev.wonflow.order.order.FindOrder;
import dev.wonflow.order.order.Order;
import dev.wonflow.order.order.PlaceOrder;
import dev.wonflow.order.order.ShipOrder;
import dev.wonflow.order.payment.PaymentNote;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of orders. Translates; decides nothing. */
@RestController
class OrderController {

    private final PlaceOrder placeOrder;
    private final FindOrder findOrder;
    private final ShipOrder shipOrder;
    private final CancelOrder cancelOrder;
    private final CheckoutPage checkoutPage;

    OrderController(
            PlaceOrder placeOrder,
            FindOrder findOrder,
            ShipOrder shipOrder,
            CancelOrder cancelOrder,
            CheckoutPage checkoutPage) {
        this.placeOrder = placeOrder;
        this.findOrder = findOrder;
        this.shipOrder = shipOrder;
        this.cancelOrder = cancelOrder;
        this.checkoutPage = checkoutPage;
    }

    @AllowedTo("checkout:write")
    @PostMapping(path = "/api/payments/ready", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> ready(Caller caller, @RequestBody CartForm form, Once once) {
        return once.inTransaction(caller.tenant(), () -> {
            Order order = placeOrder.place(caller, form.cart());
            return ResponseEntity.created(URI.create("/api/orders/" + order.id()))
                    .body(ReadyView.of(order, checkoutPage.of(order.id())));
        });
    }

    @AllowedTo({"checkout:write", "order:fulfil"})
    @GetMapping("/api/orders/{id}")
    OrderView find(Caller caller, @PathVariable String id) {
        FindOrder.Found found = findOrder.find(caller.tenant(), id);
        return view(found.order(), found.failures());
    }

    @AllowedTo("order:fulfil")
    @PostMapping("/api/orders/{id}/ship")
    ResponseEntity<?> ship(Caller caller, @PathVariable String id, Once once) {
        return once.inTransaction(caller.tenant(), () -> {
            shipOrder.ship(caller, id);
            return ResponseEntity.ok(find(caller, id));
        });
    }

    @AllowedTo("order:fulfil")
    @PostMapping("/api/orders/{id}/cancel")
    ResponseEntity<?> cancel(Caller caller, @PathVariable String id, Once once) {
        return once.inTransaction(caller.tenant(), () -> {
            cancelOrder.cancel(caller, id);
            return ResponseEntity.ok(find(caller, id));
        });
    }

    private OrderView view(Order order, List<PaymentNote> failures) {
        Cart cart = order.cart();
        return new OrderView(
                order.id().value(),
                order.name(),
                order.amount().won(),
                Money.CURRENCY,
                statusOf(order),
                order.isChecking(),
                cart.items().stream().map(ItemView::of).toList(),
                cart.plan(),
                cart.customerId(),
                order.cancelReason(),
                failures.stream().map(FailureView::of).toList(),
                checkoutPage.of(order.id()),
                order.placedAt(),
                order.expiresAt());
    }

    private static String statusOf(Order order) {
        return order.status().name().toLowerCase(Locale.ROOT);
    }

    record ReadyView(
            String orderId,
            String orderName,
            long amount,
            String currency,
            String status,
            URI checkoutUrl,
            Instant expiresAt) {

        static ReadyView of(Order order, URI checkoutUrl) {
            return new ReadyView(
                    order.id().value(),
                    order.name(),
                    order.amount().won(),
                    Money.CURRENCY,
                    statusOf(order),
                    checkoutUrl,
                    order.expiresAt());
        }
    }

    /**
     * An order, for its shop and its buyer.
     *
     * @param checking whether it is still unknown if the buyer has paid
     */
    record OrderView(
            String orderId,
            String orderName,
            long amount,
            String currency,
            String status,
            boolean checking,
            List<ItemView> items,
            @Nullable String plan,
            @Nullable String customerId,
            @Nullable CancelReason cancelReason,
            List<FailureView> failures,
            URI checkoutUrl,
            Instant placedAt,
            Instant expiresAt) {}

    record ItemView(String sku, String name, long unitPrice, int quantity) {

        static ItemView of(Item item) {
            return new ItemView(item.sku(), item.name(), item.unitPrice().won(), item.quantity());
        }
    }

    record FailureView(
            UUID paymentId, String code, @Nullable String message, Instant at) {

        static FailureView of(PaymentNote note) {
            return new FailureView(note.paymentId(), note.code(), note.message(), note.at());
        }
    }
}
