package dev.wonflow.sandbox;

import dev.wonflow.sandbox.RunningSandbox.Answer;

/** Brings payments into the states tests need, by the steps a shop and its buyer take. */
final class Till {

    private final RunningSandbox sandbox;

    Till(RunningSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Opens a payment; members are those of the JSON, without braces. */
    String open(String orderId, long amount, String... members) {
        return sandbox.post("/v1/payments", sessionOf(orderId, amount, members)).text("paymentKey");
    }

    static String sessionOf(String orderId, long amount, String... members) {
        String more = members.length == 0 ? "" : String.join(", ", members) + ", ";
        return RunningSandbox.sessionOf(orderId, amount).replaceFirst("\\{", "{" + more.replace("$", "\\$"));
    }

    Answer authenticate(String paymentKey, String choice) {
        return sandbox.post("/control/payments/" + paymentKey + "/authenticate", choice);
    }

    Answer confirm(String paymentKey, String orderId, long amount, String... headers) {
        return sandbox.post("/v1/payments/confirm", RunningSandbox.confirmOf(paymentKey, orderId, amount), headers);
    }

    /** A payment of the amount that is paid with what the choice says; answers the confirmed payment. */
    Answer paid(String orderId, long amount, String choice) {
        String paymentKey = open(orderId, amount);
        authenticate(paymentKey, choice);
        return confirm(paymentKey, orderId, amount);
    }

    /** The key of a card payment that is DONE. */
    String done(String orderId, long amount) {
        return paid(orderId, amount, "{}").text("paymentKey");
    }

    /** The key of a virtual account that waits for its deposit. */
    String waiting(String orderId, long amount) {
        return paid(orderId, amount, "{\"method\": \"VIRTUAL_ACCOUNT\"}").text("paymentKey");
    }

    /** The key of a virtual account that was paid into. */
    String deposited(String orderId, long amount) {
        String paymentKey = waiting(orderId, amount);
        deposit(paymentKey, "");
        return paymentKey;
    }

    Answer deposit(String paymentKey, String body) {
        return sandbox.post("/control/payments/" + paymentKey + "/deposit", body);
    }

    Answer cancel(String paymentKey, String body, String... headers) {
        return sandbox.post("/v1/payments/" + paymentKey + "/cancel", body, headers);
    }

    /** Cancels with a reason and further members. */
    Answer cancelBecause(String paymentKey, String... members) {
        String more = members.length == 0 ? "" : ", " + String.join(", ", members);
        return cancel(paymentKey, "{\"cancelReason\": \"고객 변심\"" + more + "}");
    }
}
