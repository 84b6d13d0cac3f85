package dev.wonflow.sandbox.window;

import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.ReturnAddress;
import dev.wonflow.sandbox.payment.Payment;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the payment window sends the buyer; nowhere if the payment was made without one. */
final class Redirect {

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
        return Optional.ofNullable(address).map(merchant -> ReturnAddress.with(merchant, parameters));
    }
}
