package dev.wonflow.sandbox;

import dev.wonflow.sandbox.RunningSandbox.Answer;

/** Brings payments by overseas easy pay into the states tests need. */
final class OverseasTill {

    private final RunningSandbox sandbox;

    OverseasTill(RunningSandbox sandbox) {
        this.sandbox = sandbox;
    }

    static String sessionOf(String orderId, String amount, String currency, String foreignEasyPay) {
        return """
            {"method": "FOREIGN_EASY_PAY", "amount": %s, "currency": "%s", "foreignEasyPay": %s,
             "orderId": "%s", "orderName": "Mug and more",
             "successUrl": "https://shop.example/success?attempt=1", "failUrl": "https://shop.example/fail?attempt=1"}
            """.formatted(amount, currency, foreignEasyPay, orderId);
    }

    /** Opens a payment by PayPal in dollars. */
    String open(String orderId, String amount) {
        return openBy(orderId, amount, "USD", "PAYPAL");
    }

    String openBy(String orderId, String amount, String currency, String provider) {
        return sandbox.post(
                        "/v1/payments",
                        sessionOf(
                                orderId, amount, currency, "{\"provider\": \"" + provider + "\", \"country\": \"US\"}"))
                .text("paymentKey");
    }

    /** Confirms; the amount is JSON. */
    Answer confirm(String paymentKey, String orderId, String amount) {
        return sandbox.post("/v1/payments/confirm", """
                {"paymentKey": "%s", "orderId": "%s", "amount": %s}""".formatted(paymentKey, orderId, amount));
    }

    /** The key of a payment by PayPal that is DONE. */
    String done(String orderId, String amount) {
        String paymentKey = open(orderId, amount);
        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{}");
        return confirm(paymentKey, orderId, amount).text("paymentKey");
    }
}
