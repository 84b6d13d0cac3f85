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
import dev.wonflow.order.order.OrderStatus;
import dev.wonflow.order.order.PlaceOrder;
import dev.wonflow.order.order.ShipOrder;
import dev.wonflow.order.payment.PaymentNote;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
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

    /**
     * Places an order for a cart, and tells where its buyer pays. Where the order can be asked for is in
     * {@code Location}.
     */
    @AllowedTo("checkout:write")
    @Operation(id = "placeOrder", status = 201, body = ReadyView.class)
    @PostMapping(path = "/api/payments/ready", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> ready(Caller caller, @RequestBody CartForm form, Once once) {
        return once.inTransaction(caller.tenant(), () -> {
            Order order = placeOrder.place(caller, form.cart());
            return ResponseEntity.created(URI.create("/api/orders/" + order.id()))
                    .body(ReadyView.of(order, checkoutPage.of(order.id())));
        });
    }

    /** Shows an order. */
    @AllowedTo({"checkout:write", "order:fulfil"})
    @Operation(id = "getOrder", problems = "order.not-found")
    @GetMapping("/api/orders/{id}")
    OrderView find(Caller caller, @PathVariable String id) {
        FindOrder.Found found = findOrder.find(caller.tenant(), id);
        return view(found.order(), found.failures());
    }

    /** Notes that a paid order is on its way to the buyer. */
    @AllowedTo("order:fulfil")
    @Operation(
            id = "shipOrder",
            body = OrderView.class,
            problems = {"order.not-found", "order.illegal-step"})
    @PostMapping("/api/orders/{id}/ship")
    ResponseEntity<?> ship(Caller caller, @PathVariable String id, Once once) {
        return once.inTransaction(caller.tenant(), () -> {
            shipOrder.ship(caller, id);
            return ResponseEntity.ok(find(caller, id));
        });
    }

    /** Cancels an order nobody has paid. */
    @AllowedTo("order:fulfil")
    @Operation(
            id = "cancelOrder",
            body = OrderView.class,
            problems = {"order.not-found", "order.illegal-step", "order.payment-checking", "order.refund-needed"})
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

    /**
     * An order that waits for its payment.
     *
     * @param orderName what the buyer reads in the window and on the receipt
     * @param amount what the items cost together
     * @param checkoutUrl where the buyer pays
     * @param expiresAt when it is cancelled if nobody has paid
     */
    record ReadyView(
            String orderId,
            String orderName,
            @Field(won = true) long amount,
            @Field(only = Money.CURRENCY) String currency,
            @Field(words = OrderStatus.class) String status,
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
     * @param plan id of the plan that is bought
     * @param customerId the shop's id of the buyer
     * @param cancelReason why it was cancelled
     * @param failures attempts to pay that took no money
     * @param checkoutUrl where the buyer pays
     * @param expiresAt when it is cancelled if nobody has paid
     */
    record OrderView(
            String orderId,
            String orderName,
            @Field(won = true) long amount,
            @Field(only = Money.CURRENCY) String currency,
            @Field(words = OrderStatus.class) String status,
            boolean checking,
            List<ItemView> items,
            @Nullable String plan,
            @Nullable String customerId,
            @Nullable CancelReason cancelReason,
            List<FailureView> failures,
            URI checkoutUrl,
            Instant placedAt,
            Instant expiresAt) {}

    /**
     * A line of the cart.
     *
     * @param sku the shop's own number of the article
     * @param unitPrice price of one piece, tax included
     */
    record ItemView(
            String sku, String name, @Field(won = true) long unitPrice, int quantity) {

        static ItemView of(Item item) {
            return new ItemView(item.sku(), item.name(), item.unitPrice().won(), item.quantity());
        }
    }

    /**
     * An attempt to pay that took no money.
     *
     * @param code Toss's
     * @param message Toss's words for the buyer
     */
    record FailureView(
            UUID paymentId, String code, @Nullable String message, Instant at) {

        static FailureView of(PaymentNote note) {
            return new FailureView(note.paymentId(), note.code(), note.message(), note.at());
        }
    }
}
