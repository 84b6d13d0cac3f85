package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.error.TossError;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the payment window sends the buyer; nowhere if the payment was made without one. What the merchant's address
 * already carries is kept.
 */
public final class Redirect {

    /** What every browser takes; Toss publishes no limit. */
    private static final int LONGEST_ADDRESS = 2_000;

    private Redirect() {}

    static Optional<String> authenticated(Payment payment) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (payment.session().openedWith().isOfWidget()) {
            // Only the widgets say it; a success page must not rely on it.
            parameters.put("paymentType", payment.session().type().name());
        }
        parameters.put(
                "amount", payment.session().currency().digits(payment.session().amountMinor()));
        parameters.put("orderId", payment.orderId());
        parameters.put("paymentKey", payment.paymentKey());
        return onto(payment.session().successUrl(), parameters);
    }

    static Optional<String> failed(Payment payment, TossError why, Locale locale) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", why.name());
        parameters.put("message", why.message(locale));
        parameters.put("orderId", payment.orderId());
        return onto(payment.session().failUrl(), parameters);
    }

    /** A buyer who gives up comes back without an order id. */
    static Optional<String> cancelled(Payment payment, Locale locale) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", TossError.PAY_PROCESS_CANCELED.name());
        parameters.put("message", TossError.PAY_PROCESS_CANCELED.message(locale));
        return onto(payment.session().failUrl(), parameters);
    }

    private static Optional<String> onto(@Nullable String address, Map<String, String> parameters) {
        return Optional.ofNullable(address).map(merchant -> with(merchant, parameters));
    }

    /** The address with further parameters, in their order. */
    public static String with(String address, Map<String, String> parameters) {
        int hash = address.indexOf('#');
        String base = hash < 0 ? address : address.substring(0, hash);
        String fragment = hash < 0 ? "" : address.substring(hash);
        String query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        String joint = !base.contains("?") ? "?" : base.endsWith("?") || base.endsWith("&") ? "" : "&";
        return base + joint + query + fragment;
    }

    /** Whether a browser can be sent there: an http or https address with a host, of up to 2,000 characters. */
    public static boolean isWebAddress(String text) {
        if (text.length() > LONGEST_ADDRESS) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static String encoded(String value) {
        // A space as %20 is read alike by everybody; as + it is not.
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
