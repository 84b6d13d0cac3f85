package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.error.TossError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the payment window sends the buyer. What the merchant's address already carries is kept. */
final class Redirect {

    private Redirect() {}

    static String authenticated(Payment payment) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (payment.session().openedWith().isOfWidget()) {
            // Only the widgets say it; a success page must not rely on it.
            parameters.put("paymentType", "NORMAL");
        }
        parameters.put("amount", Long.toString(payment.session().amountWon()));
        parameters.put("orderId", payment.orderId());
        parameters.put("paymentKey", payment.paymentKey());
        return with(payment.session().successUrl(), parameters);
    }

    static String failed(Payment payment, TossError why, Locale locale) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", why.name());
        parameters.put("message", why.message(locale));
        parameters.put("orderId", payment.orderId());
        return with(payment.session().failUrl(), parameters);
    }

    /** A buyer who gives up comes back without an order id. */
    static String cancelled(Payment payment, Locale locale) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", TossError.PAY_PROCESS_CANCELED.name());
        parameters.put("message", TossError.PAY_PROCESS_CANCELED.message(locale));
        return with(payment.session().failUrl(), parameters);
    }

    private static String with(String address, Map<String, String> parameters) {
        int hash = address.indexOf('#');
        String base = hash < 0 ? address : address.substring(0, hash);
        String fragment = hash < 0 ? "" : address.substring(hash);
        String query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        String joint = !base.contains("?") ? "?" : base.endsWith("?") || base.endsWith("&") ? "" : "&";
        return base + joint + query + fragment;
    }

    private static String encoded(String value) {
        // A space as %20 is read alike by everybody; as + it is not.
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
