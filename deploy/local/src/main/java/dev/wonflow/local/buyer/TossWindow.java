package dev.wonflow.local.buyer;

import dev.wonflow.local.http.JsonHttp;
import dev.wonflow.local.http.JsonHttp.Answer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The sandbox: its payment window as a buyer uses it, and its controls as a test uses them. */
public final class TossWindow {

    private final JsonHttp control;
    private final JsonHttp api;

    /** Creates it for the sandbox at a root URL. */
    public TossWindow(String root, String secretKey) {
        this.control = new JsonHttp("toss-sandbox", root, Map.of());
        String credentials = Base64.getEncoder().encodeToString((secretKey + ":").getBytes(StandardCharsets.UTF_8));
        this.api = control.with("Authorization", "Basic " + credentials);
    }

    /**
     * A payment waiting for its buyer.
     *
     * @param url address of the payment window
     */
    public record Session(String paymentKey, String url) {}

    /**
     * Where the window sends the buyer when it closes.
     *
     * @param parameters what Toss adds to the shop's address
     */
    public record Redirect(String path, Map<String, String> parameters) {

        /** Takes an address apart. */
        public static Redirect of(URI url) {
            Map<String, String> parameters = new LinkedHashMap<>();
            String query = url.getRawQuery() == null ? "" : url.getRawQuery();
            for (String parameter : query.split("&", -1)) {
                int equals = parameter.indexOf('=');
                if (equals > 0) {
                    parameters.put(decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
                }
            }
            return new Redirect(url.getPath(), parameters);
        }

        /** A parameter, empty if it is not there. */
        public String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    /**
     * Opens a payment as a shop does.
     *
     * @param shop root URL the buyer is sent back to, {@code /success} or {@code /fail} below it
     */
    public Session open(String orderId, String orderName, long amount, String shop) throws InterruptedException {
        return open("CARD", orderId, orderName, amount, shop);
    }

    /** The same for a transfer into an account that is there for this payment only. */
    public Session openAccount(String orderId, String orderName, long amount, String shop) throws InterruptedException {
        return open("VIRTUAL_ACCOUNT", orderId, orderName, amount, shop);
    }

    /** The same for a transfer from the buyer's account. */
    public Session openTransfer(String orderId, String orderName, long amount, String shop)
            throws InterruptedException {
        return open("TRANSFER", orderId, orderName, amount, shop);
    }

    /** What was opened for an order without a window. */
    public Session opened(String orderId) throws InterruptedException {
        return new Session(
                api.get("/v1/payments/orders/" + orderId)
                        .ok()
                        .path("paymentKey")
                        .asString(),
                "");
    }

    private Session open(String method, String orderId, String orderName, long amount, String shop)
            throws InterruptedException {
        // A buyer who cancels is sent back without the order's id, so the shop puts it into the address itself.
        String order = "?order=" + URLEncoder.encode(orderId, StandardCharsets.UTF_8);
        JsonNode payment = api.post(
                        "/v1/payments",
                        Map.of(
                                "method",
                                method,
                                "amount",
                                amount,
                                "orderId",
                                orderId,
                                "orderName",
                                orderName,
                                "successUrl",
                                shop + "/success" + order,
                                "failUrl",
                                shop + "/fail" + order))
                .ok();
        return new Session(
                payment.path("paymentKey").asString(),
                payment.path("checkout").path("url").asString());
    }

    /** The buyer transfers the money. */
    public void deposit(Session session) throws InterruptedException {
        control.post("/control/payments/" + session.paymentKey() + "/deposit", Map.of())
                .ok();
    }

    /** The bank takes the deposit back. */
    public void reverseDeposit(Session session) throws InterruptedException {
        control.post("/control/payments/" + session.paymentKey() + "/reverse-deposit", Map.of())
                .ok();
    }

    /** The time of the stack. */
    public Instant now() throws InterruptedException {
        return Instant.parse(control.get("/control/clock").ok().path("now").asString());
    }

    /** A buyer agrees in the billing window that a card may be charged; answers the authKey. */
    public String agreeToBilling(String customerKey) throws InterruptedException {
        return control.post("/control/billing/authorizations", Map.of("customerKey", customerKey))
                .ok()
                .path("authKey")
                .asString();
    }

    /** The buyer approves with a card. */
    public Redirect approve(Session session) throws InterruptedException {
        return close(session, "authenticate", Map.of());
    }

    /** The buyer closes the window. */
    public Redirect cancel(Session session) throws InterruptedException {
        return close(session, "cancel", Map.of());
    }

    /** The card is refused inside the window. */
    public Redirect decline(Session session) throws InterruptedException {
        return close(session, "decline", Map.of());
    }

    private Redirect close(Session session, String how, Map<String, String> body) throws InterruptedException {
        JsonNode next = control.post("/control/payments/" + session.paymentKey() + "/" + how, body)
                .ok();
        return Redirect.of(URI.create(next.path("redirectUrl").asString()));
    }

    /** Lets the next confirm of an order be refused with a code of Toss. */
    public void armDecline(String orderId, String code) throws InterruptedException {
        control.post(
                        "/control/faults",
                        Map.of("operation", "confirm", "kind", "DECLINE", "code", code, "orderId", orderId, "times", 1))
                .ok();
    }

    /** Lets Toss refuse the next charge of a billing key, whoever's it is. */
    public void armChargeDecline(String code) throws InterruptedException {
        control.post(
                        "/control/faults",
                        Map.of("operation", "billing-charge", "kind", "DECLINE", "code", code, "times", 1))
                .ok();
    }

    /** Lets the next confirm of an order succeed at Toss, its answer get lost. */
    public void armLostAnswer(String orderId) throws InterruptedException {
        control.post(
                        "/control/faults",
                        Map.of(
                                "operation",
                                "confirm",
                                "kind",
                                "ANSWER_LOST_AFTER_EFFECT",
                                "orderId",
                                orderId,
                                "times",
                                1))
                .ok();
    }

    /** Every call about an order that reached Toss's API. */
    public JsonNode calls(String orderId) throws InterruptedException {
        return control.get("/control/calls?orderId=" + orderId).ok();
    }

    /** Number of confirms of an order that took money. */
    public long effectiveConfirms(String orderId) throws InterruptedException {
        return calls(orderId)
                .valueStream()
                .filter(TossWindow::isConfirm)
                .filter(call -> call.path("effect").asBoolean())
                .count();
    }

    /** Number of confirms of an order, whatever became of them. */
    public long confirms(String orderId) throws InterruptedException {
        return calls(orderId).valueStream().filter(TossWindow::isConfirm).count();
    }

    /** Number of cancels of an order that gave money back. */
    public long effectiveCancels(String orderId) throws InterruptedException {
        return calls(orderId)
                .valueStream()
                .filter(call -> call.path("path").asString().endsWith("/cancel"))
                .filter(call -> call.path("effect").asBoolean())
                .count();
    }

    /** Number of accounts that were opened for an order without a window. */
    public long effectiveOpenings(String orderId) throws InterruptedException {
        return calls(orderId)
                .valueStream()
                .filter(call -> call.path("path").asString().equals("/v1/virtual-accounts"))
                .filter(call -> call.path("effect").asBoolean())
                .count();
    }

    /** Number of charges of an order that took money. */
    public long effectiveCharges(String orderId) throws InterruptedException {
        return calls(orderId)
                .valueStream()
                .filter(call -> call.path("path").asString().startsWith("/v1/billing/"))
                .filter(call -> call.path("effect").asBoolean())
                .count();
    }

    /** Number of times someone asked how an order's payment stands. */
    public long questions(String orderId) throws InterruptedException {
        return calls(orderId)
                .valueStream()
                .filter(call -> call.path("method").asString().equals("GET"))
                .count();
    }

    private static boolean isConfirm(JsonNode call) {
        return call.path("method").asString().equals("POST")
                && call.path("path").asString().equals("/v1/payments/confirm");
    }

    /** Every webhook about an order, sent or waiting. */
    public JsonNode webhooks(String orderId) throws InterruptedException {
        return control.get("/control/webhooks?orderId=" + orderId).ok();
    }

    /** Sends a webhook again, as Toss does when it believes that the first did not arrive. */
    public Answer resend(String transmissionId) throws InterruptedException {
        return control.post("/control/webhooks/" + transmissionId + "/resend", Map.of());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
