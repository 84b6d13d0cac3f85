package dev.wonflow.local.buyer;

import dev.wonflow.local.buyer.TossWindow.Redirect;
import dev.wonflow.local.http.JsonHttp;
import dev.wonflow.local.http.JsonHttp.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a shop's pages do behind the buyer's back: they read the order, and report how the payment window was closed.
 */
public final class Shop {

    private final JsonHttp orders;
    private final JsonHttp payments;

    /**
     * Creates it.
     *
     * @param orderService root URL
     * @param paymentService root URL
     */
    public Shop(String orderService, String paymentService, String tenant) {
        Map<String, String> headers = Map.of("Wonflow-Tenant", tenant);
        this.orders = new JsonHttp("order-service", orderService, headers);
        this.payments = new JsonHttp("payment-service", paymentService, headers);
    }

    /** The order as it is now. */
    public Answer order(String orderId) throws InterruptedException {
        return orders.get("/api/orders/" + orderId);
    }

    /** The payment of an order as it is now. */
    public Answer payment(String orderId) throws InterruptedException {
        return payments.get("/api/payments/lookup?id=" + orderId);
    }

    /** Opens a payment for a plan or a sum, without an order of goods. */
    public Answer openPayment(long amount, String plan, String name) throws InterruptedException {
        return payments.post(
                "/api/payments/toss/order",
                Map.of("amount", amount, "currency", "KRW", "plan", plan, "orderName", name));
    }

    /** Confirms with what the redirect says, as the success page does. */
    public Answer confirm(Redirect redirect) throws InterruptedException {
        return confirm(
                redirect.parameter("paymentKey"),
                redirect.parameter("orderId"),
                Long.parseLong(redirect.parameter("amount")));
    }

    /** Confirms a payment. */
    public Answer confirm(String paymentKey, String orderId, long amount) throws InterruptedException {
        return payments.post(
                "/api/payments/toss/confirm", Map.of("paymentKey", paymentKey, "orderId", orderId, "amount", amount));
    }

    /** Reports what the redirect says, as the fail page does. */
    public Answer fail(Redirect redirect) throws InterruptedException {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("orderId", redirect.parameter("order"));
        body.put("code", redirect.parameter("code"));
        body.put("message", redirect.parameter("message"));
        return payments.post("/api/payments/toss/fail", body);
    }
}
