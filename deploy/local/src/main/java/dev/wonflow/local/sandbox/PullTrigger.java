package dev.wonflow.local.sandbox;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.http.JsonHttp.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Makes something happen the way a merchant's server and a buyer would, call by call, so that every trap on the way is
 * there.
 */
public final class PullTrigger {

    private final Sandbox sandbox;
    private final Supplier<UUID> ids;
    private final Steps steps;

    /** Creates it. */
    public PullTrigger(Sandbox sandbox, Supplier<UUID> ids, Steps steps) {
        this.sandbox = sandbox;
        this.ids = ids;
        this.steps = steps;
    }

    /** Is told of every call as it is answered. */
    @FunctionalInterface
    public interface Steps {
        void took(String what, Answer answer);
    }

    /**
     * What it happened to.
     *
     * @param summary one line for a reader
     * @param about what its webhooks carry somewhere in their bodies
     */
    public record Outcome(String summary, String about) {}

    /**
     * Makes it happen.
     *
     * @throws Trouble if a step was refused that should not have been
     */
    public Outcome pull(Trigger trigger, Wish wish) throws InterruptedException {
        return switch (trigger) {
            case PAYMENT_DONE -> outcome(confirmed(payment(wish, "CARD"), wish));
            case PAYMENT_DECLINED -> declined(payment(wish, "CARD"), wish.code());
            case PAYMENT_CANCELED -> outcome(cancelled(confirmed(payment(wish, "CARD"), wish), Map.of()));
            case PAYMENT_PARTIALLY_CANCELED -> partiallyCancelled(confirmed(payment(wish, "CARD"), wish), wish);
            case PAYMENT_EXPIRED -> expired(payment(wish, "CARD"));
            case VA_ISSUED -> outcome(confirmed(payment(wish, "VIRTUAL_ACCOUNT"), wish));
            case VA_DEPOSIT -> outcome(deposited(payment(wish, "VIRTUAL_ACCOUNT"), wish));
            case VA_REVERSAL -> outcome(reversed(deposited(payment(wish, "VIRTUAL_ACCOUNT"), wish)));
            case VA_CANCELED -> outcome(cancelled(confirmed(payment(wish, "VIRTUAL_ACCOUNT"), wish), Map.of()));
            case BILLING_ISSUED -> billing(wish, "is issued");
            case BILLING_CHARGED -> charged(wish);
            case BILLING_DELETED -> deleted(wish);
            case SELLER_CHANGED -> sellerChanged();
            case PAYOUT_CHANGED -> payoutChanged(wish);
        };
    }

    // ---- Payments --------------------------------------------------------------------------------------------------

    private JsonNode payment(Wish wish, String method) throws InterruptedException {
        if (wish.paymentKey().isPresent()) {
            return took(
                    "read",
                    sandbox.api().get("/v1/payments/" + wish.paymentKey().get()));
        }
        if (wish.orderId().isPresent()) {
            Answer found =
                    sandbox.api().get("/v1/payments/orders/" + wish.orderId().get());
            if (found.status() == 200) {
                return took("read", found);
            }
        }
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("method", method);
        session.put("amount", wish.amountWon());
        session.put("orderId", wish.orderId().orElseGet(() -> "trigger-" + ids.get()));
        session.put("orderName", "./wonflow trigger");
        session.put("successUrl", "http://127.0.0.1:18085/success");
        session.put("failUrl", "http://127.0.0.1:18085/fail");
        return took("the shop opens a payment", sandbox.api().post("/v1/payments", session));
    }

    /** Goes on from wherever the payment is, as far as the confirm. */
    private JsonNode confirmed(JsonNode payment, Wish wish) throws InterruptedException {
        String key = key(payment);
        if (is(payment, "READY")) {
            var _ = took(
                    "the buyer authenticates",
                    sandbox.control().post("/control/payments/" + key + "/authenticate", Map.of()));
        }
        if (is(payment, "READY") || is(payment, "IN_PROGRESS")) {
            return took("the shop confirms", sandbox.api().post("/v1/payments/confirm", confirm(payment)));
        }
        requireStatus(payment, wish, "DONE", "WAITING_FOR_DEPOSIT", "PARTIAL_CANCELED");
        return payment;
    }

    private Outcome declined(JsonNode payment, String code) throws InterruptedException {
        String key = key(payment);
        String orderId = payment.path("orderId").asString();
        if (is(payment, "READY")) {
            var _ = took(
                    "the buyer authenticates",
                    sandbox.control().post("/control/payments/" + key + "/authenticate", Map.of()));
        }
        Map<String, Object> fault = new LinkedHashMap<>();
        fault.put("operation", "confirm");
        fault.put("kind", "DECLINE");
        fault.put("code", code);
        fault.put("orderId", orderId);
        fault.put("times", 1);
        var _ = took("the card company will refuse", sandbox.control().post("/control/faults", fault));
        Answer refused = sandbox.api().post("/v1/payments/confirm", confirm(payment));
        steps.took("the shop confirms", refused);
        if (refused.status() / 100 == 2) {
            throw new Trouble("The confirm was not refused: " + refused + ".");
        }
        return outcome(read(key));
    }

    private Outcome expired(JsonNode payment) throws InterruptedException {
        var _ = took(
                "half an hour and a minute pass",
                sandbox.control().post("/control/clock/advance", Map.of("by", "PT31M")));
        Outcome expired = outcome(read(key(payment)));
        return new Outcome(
                expired.summary()
                        + "\nOnly the sandbox's time has moved; ./wonflow clock align takes the services along.",
                expired.about());
    }

    private JsonNode cancelled(JsonNode payment, Map<String, ?> more) throws InterruptedException {
        Map<String, Object> cancel = new LinkedHashMap<>(more);
        cancel.put("cancelReason", "고객 변심");
        if (is(payment, "DONE")
                && !payment.path("virtualAccount").isNull()
                && !payment.path("virtualAccount").isMissingNode()) {
            cancel.put(
                    "refundReceiveAccount",
                    Map.of("bank", "20", "accountNumber", "1002123456789", "holderName", "김하늘"));
        }
        return took("the shop cancels", sandbox.api().post("/v1/payments/" + key(payment) + "/cancel", cancel));
    }

    private Outcome partiallyCancelled(JsonNode payment, Wish wish) throws InterruptedException {
        long balance = payment.path("balanceAmount").asLong();
        long part = wish.cancelWon().orElse(Math.max(1, balance / 3));
        return outcome(cancelled(payment, Map.of("cancelAmount", part)));
    }

    private JsonNode deposited(JsonNode payment, Wish wish) throws InterruptedException {
        JsonNode issued = confirmed(payment, wish);
        if (is(issued, "DONE")) {
            return issued;
        }
        return took(
                "the deposit arrives",
                sandbox.control().post("/control/payments/" + key(issued) + "/deposit", Map.of()));
    }

    private JsonNode reversed(JsonNode payment) throws InterruptedException {
        return took(
                "the bank takes it back",
                sandbox.control().post("/control/payments/" + key(payment) + "/reverse-deposit", Map.of()));
    }

    private JsonNode read(String paymentKey) throws InterruptedException {
        return took("read", sandbox.api().get("/v1/payments/" + paymentKey));
    }

    private static Map<String, Object> confirm(JsonNode payment) {
        Map<String, Object> confirm = new LinkedHashMap<>();
        confirm.put("paymentKey", key(payment));
        confirm.put("orderId", payment.path("orderId").asString());
        confirm.put("amount", payment.path("totalAmount").asLong());
        return confirm;
    }

    private static void requireStatus(JsonNode payment, Wish wish, String... expected) {
        String status = payment.path("status").asString();
        if (!List.of(expected).contains(status)) {
            throw new Trouble("Payment " + key(payment) + " is " + status + ", and goes nowhere from there."
                    + (wish.paymentKey().isPresent() || wish.orderId().isPresent()
                            ? "\nWithout --payment and --order a new one is opened."
                            : ""));
        }
    }

    private static Outcome outcome(JsonNode payment) {
        return new Outcome(
                "Payment " + key(payment) + " of order "
                        + payment.path("orderId").asString() + " over "
                        + payment.path("totalAmount").asLong() + " won is "
                        + payment.path("status").asString() + ".",
                payment.path("orderId").asString());
    }

    private static String key(JsonNode payment) {
        return payment.path("paymentKey").asString();
    }

    private static boolean is(JsonNode payment, String status) {
        return payment.path("status").asString().equals(status);
    }

    // ---- Billing ---------------------------------------------------------------------------------------------------

    private String billingKey(Wish wish) throws InterruptedException {
        if (wish.billingKey().isPresent()) {
            return wish.billingKey().get();
        }
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("customerKey", wish.customerKey());
        card.put("cardNumber", "9410001234567890");
        card.put("cardExpirationYear", "40");
        card.put("cardExpirationMonth", "12");
        card.put("customerIdentityNumber", "900101");
        return took("the shop registers a card", sandbox.api().post("/v1/billing/authorizations/card", card))
                .path("billingKey")
                .asString();
    }

    private Outcome billing(Wish wish, String what) throws InterruptedException {
        String key = billingKey(wish);
        return new Outcome("Billing key " + key + " of customer " + wish.customerKey() + " " + what + ".", key);
    }

    private Outcome charged(Wish wish) throws InterruptedException {
        String key = billingKey(wish);
        Map<String, Object> charge = new LinkedHashMap<>();
        charge.put("customerKey", wish.customerKey());
        charge.put("amount", wish.amountWon());
        charge.put("orderId", wish.orderId().orElseGet(() -> "trigger-" + ids.get()));
        charge.put("orderName", "./wonflow trigger");
        return outcome(took("the shop charges", sandbox.api().post("/v1/billing/" + encoded(key), charge)));
    }

    private Outcome deleted(Wish wish) throws InterruptedException {
        String key = billingKey(wish);
        var _ = took("the shop deletes the key", sandbox.api().delete("/v1/billing/" + encoded(key)));
        return new Outcome("Billing key " + key + " is deleted.", key);
    }

    // ---- Payouts ---------------------------------------------------------------------------------------------------

    private String approvedSeller() throws InterruptedException {
        Map<String, Object> seller = new LinkedHashMap<>();
        seller.put("refSellerId", "s-" + ids.get().toString().substring(18).replace("-", ""));
        seller.put("businessType", "INDIVIDUAL");
        seller.put("individual", Map.of("name", "이데모", "email", "demo@example.com", "phone", "01000000000"));
        seller.put("account", Map.of("bankCode", "092", "accountNumber", "1000000000001", "holderName", "이데모"));
        String id = took("the shop registers a seller", sandbox.api().post("/v2/sellers", seller))
                .at("/entityBody/id")
                .asString();
        var _ = took(
                "Toss approves the seller",
                sandbox.control().post("/control/sellers/" + id + "/status", Map.of("status", "PARTIALLY_APPROVED")));
        return id;
    }

    private Outcome sellerChanged() throws InterruptedException {
        String id = approvedSeller();
        return new Outcome("Seller " + id + " is PARTIALLY_APPROVED.", id);
    }

    private Outcome payoutChanged(Wish wish) throws InterruptedException {
        Map<String, Object> payout = new LinkedHashMap<>();
        payout.put("refPayoutId", "p-" + ids.get().toString().substring(18).replace("-", ""));
        payout.put("destination", approvedSeller());
        payout.put("scheduleType", "EXPRESS");
        payout.put("amount", Map.of("currency", "KRW", "value", wish.amountWon()));
        payout.put("transactionDescription", "정산");
        String id = took("the shop asks for a payout", sandbox.api().post("/v2/payouts", List.of(payout)))
                .at("/entityBody/items/0/id")
                .asString();
        for (String status : List.of("IN_PROGRESS", "COMPLETED")) {
            Answer moved = sandbox.control().post("/control/payouts/" + id + "/status", Map.of("status", status));
            var _ = took("the bank says " + status, moved);
        }
        return new Outcome("Payout " + id + " over " + wish.amountWon() + " won is COMPLETED.", id);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8);
    }

    private JsonNode took(String what, Answer answer) {
        steps.took(what, answer);
        return answer.ok();
    }
}
