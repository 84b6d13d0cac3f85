package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.Canary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Hands the stack every kind of secret that comes in at its edges, once, and remembers what to search for. */
final class EdgeSecrets {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String CARD = "9410001234567890";
    /** What the masked number does not show. */
    private static final String CARD_FRAGMENT = CARD.substring(4);

    private static final String ACCOUNT = "77001234567890123";
    private static final String TELEPHONE = "010987654321098";
    private static final String MAIL = "canary.buyer.0001@example.invalid";
    private static final String FORGED_SECRET = "ps_CanaryOfAForgedWebhook001";

    /** The stack's own; worth nothing elsewhere. */
    private static final String SECRET_KEY = "test_sk_wonflow_local_sandbox_0001";

    private static final String SECURITY_KEY = "0101100111010010110100101101001011010010110100101101001011010011";
    private static final String KEYSET_VALUE = "GiABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIA";

    private final Stack stack;
    private final Topics topics;
    private final Http http;
    private final List<Canary> found = new ArrayList<>();
    private final String orderName = "CanaryThatIsMeantToBeFound01";
    private String billingMethod = "";

    EdgeSecrets(Stack stack, Topics topics) {
        this.stack = stack;
        this.topics = topics;
        ShopTokens tokens = new ShopTokens(stack.issuer());
        String token = tokens.of(ShopTokens.ACME);
        this.http = new Http(stack.sandbox(), tokens::of);
        found.add(new Canary("signature of a token", token.substring(token.lastIndexOf('.') + 1)));
        found.add(new Canary("fragment of a card's number", CARD_FRAGMENT));
        found.add(new Canary("account for a refund", ACCOUNT));
        found.add(new Canary("buyer's telephone", TELEPHONE));
        found.add(new Canary("buyer's mail address", MAIL));
        found.add(new Canary("secret of a forged webhook", FORGED_SECRET));
    }

    /** What may be nowhere. */
    List<Canary> ofCallers() {
        payByCard();
        payIntoAnAccount();
        registerChargeAndRemove();
        assertThat(http.post(
                                stack.webhooks() + "/api/webhooks/toss",
                                Map.of(
                                        "eventType",
                                        "PAYMENT_STATUS_CHANGED",
                                        "data",
                                        Map.of("orderId", "ord_of_nobody", "secret", FORGED_SECRET)))
                        .status())
                .isEqualTo(200);
        return found;
    }

    /** What the services are set up with; the sandbox says its own keys when it starts. */
    static List<Canary> ofSettings() {
        return List.of(
                new Canary("Toss's secret key", SECRET_KEY),
                new Canary("security key of webhooks", SECURITY_KEY),
                new Canary("key of the billing keyset", KEYSET_VALUE));
    }

    /** What has to be found in topics and tables, or the search finds nothing at all. */
    Canary control() {
        return new Canary("name of an order", orderName);
    }

    /** The same in logs. */
    Canary controlOfLogs() {
        return new Canary("id of a billing method", billingMethod);
    }

    private void payByCard() {
        String order = order();
        confirm(order, authenticated(order, "카드"));
        keepSecretOf(order);
        await("webhook about " + order)
                .atMost(LIMIT)
                .until(() -> http.get(stack.sandbox() + "/control/webhooks?orderId=" + order)
                        .body()
                        .valueStream()
                        .anyMatch(webhook -> webhook.path("status").asString().equals("SUCCEEDED")));
        Http.Answer refused = http.post(
                stack.payments() + "/api/payments/" + order + "/cancel",
                Map.of("cancelReason", "고객 변심", "cancelAmount", 1_000, "refundReceiveAccount", account()));
        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(200);
    }

    private void payIntoAnAccount() {
        String order = order();
        String key = authenticated(order, "가상계좌");
        confirm(order, key);
        keepSecretOf(order);
        assertThat(http.post(stack.sandbox() + "/control/payments/" + key + "/deposit", Map.of())
                        .status())
                .isEqualTo(200);
        await("deposit for " + order)
                .atMost(LIMIT)
                .until(() -> http.get(stack.payments() + "/api/payments/lookup?id=" + order)
                        .text("status")
                        .equals("paid"));
        Http.Answer refunded = http.post(
                stack.payments() + "/api/payments/" + order + "/cancel",
                Map.of("cancelReason", "고객 변심", "refundReceiveAccount", account()));
        assertThat(refunded.status()).as(refunded.body().toString()).isEqualTo(200);
    }

    private void registerChargeAndRemove() {
        String customerKey = http.post(stack.payments() + "/api/billing-methods/toss/window", Map.of())
                .text("customerKey");
        String authKey = http.post(
                        stack.sandbox() + "/control/billing/authorizations",
                        Map.of("customerKey", customerKey, "cardNumber", CARD))
                .text("authKey");
        found.add(new Canary("authKey", authKey));
        Map<String, String> agreed = Map.of("authKey", authKey, "customerKey", customerKey);
        Http.Answer registered = http.post(stack.payments() + "/api/billing-methods", agreed);
        assertThat(registered.status()).as(registered.body().toString()).isEqualTo(201);
        billingMethod = registered.text("billingMethodId");

        UUID charge = UUID.randomUUID();
        String order = "chg_" + charge.toString().replace("-", "");
        topics.requestCharge(charge, billingMethod, 29_000);
        topics.first("payment.charge-paid.v1 of " + order, Topics.event("payment.charge-paid.v1", order));
        String path = http.get(stack.sandbox() + "/control/calls?orderId=" + order)
                .body()
                .path(0)
                .path("path")
                .asString();
        assertThat(path).startsWith("/v1/billing/");
        // The padding is written in several ways, and says nothing.
        found.add(new Canary(
                "billing key", path.substring("/v1/billing/".length()).replaceAll("(=|%3D)+$", "")));

        assertThat(http.delete(stack.payments() + "/api/billing-methods/" + billingMethod)
                        .status())
                .isEqualTo(204);
        await("end of " + billingMethod)
                .atMost(LIMIT)
                .until(() -> http.get(stack.payments() + "/api/billing-methods/" + billingMethod)
                        .text("status")
                        .equals("removed"));
        await("webhook about a deleted key")
                .atMost(LIMIT)
                .until(() -> http.get(stack.sandbox() + "/control/webhooks?eventType=BILLING_DELETED&status=SUCCEEDED")
                                .body()
                                .size()
                        > 0);
    }

    private String order() {
        Http.Answer opened = http.post(
                stack.payments() + "/api/payments/toss/order",
                Map.of("amount", LonePayments.AMOUNT, "orderName", orderName));
        assertThat(opened.status()).as(opened.body().toString()).isEqualTo(201);
        return opened.text("orderId");
    }

    private String authenticated(String order, String method) {
        Map<String, Object> session = new HashMap<>(Map.of(
                "method",
                method,
                "amount",
                LonePayments.AMOUNT,
                "orderId",
                order,
                "orderName",
                orderName,
                "successUrl",
                "http://127.0.0.1:18085/success",
                "failUrl",
                "http://127.0.0.1:18085/fail"));
        session.put("customerName", "김토스");
        session.put("customerMobilePhone", TELEPHONE);
        session.put("customerEmail", MAIL);
        Http.Answer opened = http.post(stack.sandbox() + "/v1/payments", session);
        assertThat(opened.status()).as(opened.body().toString()).isEqualTo(200);
        String key = opened.text("paymentKey");
        assertThat(http.post(stack.sandbox() + "/control/payments/" + key + "/authenticate", Map.of())
                        .status())
                .isEqualTo(200);
        return key;
    }

    private void confirm(String order, String key) {
        Http.Answer confirmed = http.post(
                stack.payments() + "/api/payments/toss/confirm",
                Map.of("paymentKey", key, "orderId", order, "amount", LonePayments.AMOUNT));
        assertThat(confirmed.status()).as(confirmed.body().toString()).isEqualTo(200);
    }

    /** By which Toss's webhooks about the payment are recognised. */
    private void keepSecretOf(String order) {
        String secret =
                http.get(stack.sandbox() + "/v1/payments/orders/" + order).text("secret");
        assertThat(secret).startsWith("ps_");
        found.add(new Canary("webhook secret of " + order, secret));
    }

    private static Map<String, String> account() {
        return Map.of("bank", "20", "accountNumber", ACCOUNT, "holderName", "김토스");
    }
}
