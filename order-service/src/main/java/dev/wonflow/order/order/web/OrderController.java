package dev.wonflow.order.order.web;

import dev.wonflow.money.Money;
import dev.wonflow.order.cart.Cart;
import dev.wonflow.order.cart.Item;
import dev.wonflow.order.document.CartFields;
import dev.wonflow.order.document.Documents;
import dev.wonflow.order.document.Fields;
import dev.wonflow.order.order.CancelOrder;
import dev.wonflow.order.order.CancelReason;
import dev.wonflow.order.order.CheckoutPage;
import dev.wonflow.order.order.FindOrder;
import dev.wonflow.order.order.Order;
import dev.wonflow.order.order.PlaceOrder;
import dev.wonflow.order.order.ShipOrder;
import dev.wonflow.order.payment.PaymentNote;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
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
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of orders. Translates; decides nothing. */
@RestController
class OrderController {

    private final Documents documents;
    private final PlaceOrder placeOrder;
    private final FindOrder findOrder;
    private final ShipOrder shipOrder;
    private final CancelOrder cancelOrder;
    private final CheckoutPage checkoutPage;

    OrderController(
            Documents documents,
            PlaceOrder placeOrder,
            FindOrder findOrder,
            ShipOrder shipOrder,
            CancelOrder cancelOrder,
            CheckoutPage checkoutPage) {
        this.documents = documents;
        this.placeOrder = placeOrder;
        this.findOrder = findOrder;
        this.shipOrder = shipOrder;
        this.cancelOrder = cancelOrder;
        this.checkoutPage = checkoutPage;
    }

    /** The body is read by hand: binding would turn {@code 1.9} won into 1 and {@code "12"} into 12. */
    @PostMapping(path = "/api/payments/ready", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ReadyView> ready(HttpServletRequest request, InputStream body) {
        String tenantId = RequestTenant.of(request);
        Fields fields = documents.read(body);
        if (fields.has("currency")) {
            CartFields.requireWon(fields);
        }
        Order order = placeOrder.place(tenantId, null, CartFields.read(fields));
        return ResponseEntity.created(URI.create("/api/orders/" + order.id()))
                .body(ReadyView.of(order, checkoutPage.of(order.id())));
    }

    @GetMapping("/api/orders/{id}")
    OrderView find(HttpServletRequest request, @PathVariable String id) {
        FindOrder.Found found = findOrder.find(RequestTenant.of(request), id);
        return view(found.order(), found.failures());
    }

    @PostMapping("/api/orders/{id}/ship")
    OrderView ship(HttpServletRequest request, @PathVariable String id) {
        String tenantId = RequestTenant.of(request);
        shipOrder.ship(tenantId, id);
        return find(request, id);
    }

    @PostMapping("/api/orders/{id}/cancel")
    OrderView cancel(HttpServletRequest request, @PathVariable String id) {
        String tenantId = RequestTenant.of(request);
        cancelOrder.cancel(tenantId, id);
        return find(request, id);
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
     * @param checking whether nobody knows yet if the buyer has paid
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
