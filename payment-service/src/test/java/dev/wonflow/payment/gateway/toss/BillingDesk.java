package dev.wonflow.payment.gateway.toss;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The billing keys of the stub: issued once for each authKey, and charged once for each order. */
final class BillingDesk {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NOBODY = "";

    private final Map<String, String> customers = new ConcurrentHashMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final Map<String, Result> answered = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, ObjectNode> payments;

    BillingDesk(Map<String, ObjectNode> payments) {
        this.payments = payments;
    }

    /** What a call did, and its answer. */
    record Result(boolean effect, @Nullable ObjectNode answer, TossStub.Fault.@Nullable Refusal refusal) {

        private static Result refused(int status, String code) {
            return new Result(false, null, new TossStub.Fault.Refusal(status, code));
        }

        /** The same answer again, which does nothing more. */
        private Result again() {
            return new Result(false, answer, refusal);
        }
    }

    String agreed(String customerKey) {
        String authKey = "e_" + "%032X".formatted(numbers.incrementAndGet());
        customers.put(authKey, customerKey);
        return authKey;
    }

    static boolean isHere(String path) {
        return path.startsWith("/v1/billing/");
    }

    void forget(String billingKey) {
        keys.put(billingKey, NOBODY);
    }

    Result work(String method, String path, String body, String idempotencyKey) {
        String last = path.substring(path.lastIndexOf('/') + 1).replace("%3D", "=");
        if (method.equals("DELETE")) {
            forget(last);
            return new Result(true, null, null);
        }
        Result earlier = answered.get(path + idempotencyKey);
        if (earlier != null) {
            return earlier.again();
        }
        Result result =
                path.endsWith("/authorizations/issue") ? issue(JSON.readTree(body)) : charge(last, JSON.readTree(body));
        answered.put(path + idempotencyKey, result);
        return result;
    }

    private Result issue(JsonNode asked) {
        String customer = customers.remove(asked.path("authKey").stringValue(""));
        if (customer == null || !customer.equals(asked.path("customerKey").stringValue(""))) {
            return Result.refused(400, "INVALID_BILLING_AUTH");
        }
        String key = "Qm9vX3Rlc3RfYmlsbGluZ19rZXlf%015d=".formatted(numbers.incrementAndGet());
        keys.put(key, customer);
        ObjectNode billing = JSON.createObjectNode();
        billing.put("mId", "demomall01")
                .put("customerKey", customer)
                .put("method", "카드")
                .put("billingKey", key);
        billing.putObject("card")
                .put("issuerCode", "21")
                .put("number", "94100012****789*")
                .put("cardType", "신용");
        return new Result(true, billing, null);
    }

    private Result charge(String key, JsonNode asked) {
        String owner = keys.get(key);
        if (owner == null) {
            return Result.refused(404, "NOT_FOUND_BILLING");
        }
        if (owner.equals(NOBODY)) {
            return Result.refused(400, "ALREADY_REMOVED_BILLING_KEY");
        }
        if (!owner.equals(asked.path("customerKey").stringValue(""))) {
            return Result.refused(400, "NOT_MATCHES_CUSTOMER_KEY");
        }
        String orderId = asked.path("orderId").stringValue("");
        String paymentKey = "bill" + orderId.substring(4);
        ObjectNode payment = TossStub.template();
        long amount = asked.path("amount").longValue();
        payment.put("paymentKey", paymentKey)
                .put("orderId", orderId)
                .put("status", "DONE")
                .put("type", "BILLING");
        payment.put("totalAmount", amount).put("balanceAmount", amount);
        return payments.putIfAbsent(paymentKey, payment) == null
                ? new Result(true, Objects.requireNonNull(payment), null)
                : Result.refused(400, "DUPLICATED_ORDER_ID");
    }
}
