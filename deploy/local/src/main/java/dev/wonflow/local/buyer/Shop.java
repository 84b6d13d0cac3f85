package dev.wonflow.local.buyer;

import dev.wonflow.local.buyer.TossWindow.Redirect;
import dev.wonflow.local.http.JsonHttp;
import dev.wonflow.local.http.JsonHttp.Answer;
import dev.wonflow.local.issuer.ShopToken;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a shop's pages do behind the buyer's back: they read the order, and report how the payment window was closed.
 */
public final class Shop {

    private final JsonHttp orders;
    private final JsonHttp payments;
    private final ShopToken token;

    /**
     * Creates it.
     *
     * @param orderService root URL
     * @param paymentService root URL
     * @param token who it is
     */
    public Shop(String orderService, String paymentService, ShopToken token) {
        this.orders = new JsonHttp("order-service", orderService, Map.of());
        this.payments = new JsonHttp("payment-service", paymentService, Map.of());
        this.token = token;
    }

    /** The order as it is now. */
    public Answer order(String orderId) throws InterruptedException {
        return signed(orders).get("/api/orders/" + orderId);
    }

    /** The payment of an order as it is now. */
    public Answer payment(String orderId) throws InterruptedException {
        return signed(payments).get("/api/payments/lookup?id=" + orderId);
    }

    /** Opens a payment for a plan or a sum, without an order of goods. */
    public Answer openPayment(long amount, String plan, String name) throws InterruptedException {
        return signed(payments)
                .post(
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
        return signed(payments)
                .post(
                        "/api/payments/toss/confirm",
                        Map.of("paymentKey", paymentKey, "orderId", orderId, "amount", amount));
    }

    /** Has Toss open a virtual account without a window. */
    public Answer openAccount(String orderId) throws InterruptedException {
        return signed(payments)
                .post(
                        "/api/payments/" + orderId + "/virtual-account",
                        Map.of("bank", "88", "customerName", "김하늘", "validHours", 24));
    }

    /** Has a cash receipt issued for a buyer who gave no number. */
    public Answer issueReceipt(String orderId) throws InterruptedException {
        return signed(payments)
                .post("/api/payments/" + orderId + "/cash-receipt", Map.of("type", "소득공제", "voluntary", true));
    }

    /** Gives a part of a payment back. */
    public Answer refund(String orderId, long amount, String reason) throws InterruptedException {
        return signed(payments)
                .post("/api/payments/" + orderId + "/cancel", Map.of("cancelReason", reason, "cancelAmount", amount));
    }

    /** Gives all that is left of a payment back. */
    public Answer refund(String orderId, String reason) throws InterruptedException {
        return signed(payments).post("/api/payments/" + orderId + "/cancel", Map.of("cancelReason", reason));
    }

    /** What the billing window is opened with. */
    public Answer openBillingWindow() throws InterruptedException {
        return signed(payments).post("/api/billing-methods/toss/window", Map.of());
    }

    /** Registers the card that the buyer has agreed may be charged. */
    public Answer registerBillingMethod(String authKey, String customerKey) throws InterruptedException {
        return signed(payments).post("/api/billing-methods", Map.of("authKey", authKey, "customerKey", customerKey));
    }

    /** Reports what the redirect says, as the fail page does. */
    public Answer fail(Redirect redirect) throws InterruptedException {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("orderId", redirect.parameter("order"));
        body.put("code", redirect.parameter("code"));
        body.put("message", redirect.parameter("message"));
        return signed(payments).post("/api/payments/toss/fail", body);
    }

    private JsonHttp signed(JsonHttp service) throws InterruptedException {
        return service.with("Authorization", "Bearer " + token.value());
    }
}
