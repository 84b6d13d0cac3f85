package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.sdk.Opening;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a window that is done hands the buyer back: in the shop's place by a redirect, in a frame by a message to the
 * page around it, which the script of the SDK waits for.
 */
@Component
class Handover {

    /** The script listens to nobody else. */
    private static final String SENDER = "wonflow-toss-sandbox";

    private final JsonMapper json;

    Handover(JsonMapper json) {
        this.json = json;
    }

    /** Sends the buyer to an address of the shop. */
    @Nullable
    ModelAndView redirect(Opening opening, String address, HttpServletResponse response) {
        if (opening.frame() == Opening.Frame.SELF) {
            return seeOther(address, response);
        }
        return message(opening, "redirected", "url", address, address, response);
    }

    /** Keeps the promise of a payment that was authenticated. */
    ModelAndView resolve(Opening opening, Payment payment, HttpServletResponse response) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (payment.session().openedWith().isOfWidget()) {
            result.put("paymentType", "NORMAL");
        }
        result.put("paymentKey", payment.paymentKey());
        result.put("orderId", payment.orderId());
        Currency in = payment.session().currency();
        result.put(
                "amount",
                Map.of(
                        "currency",
                        in.name(),
                        "value",
                        in.number(payment.session().amountMinor())));
        return message(opening, "resolved", "result", result, null, response);
    }

    /** Breaks the promise of a payment that was declined. */
    ModelAndView reject(Opening opening, TossError why, Locale locale, HttpServletResponse response) {
        Map<String, String> error = Map.of("code", why.name(), "message", why.message(locale));
        return message(opening, "rejected", "error", error, null, response);
    }

    /** Closes the window without a word to the shop. */
    ModelAndView close(Opening opening, HttpServletResponse response) {
        return message(opening, "closed", null, null, null, response);
    }

    static @Nullable ModelAndView seeOther(String address, HttpServletResponse response) {
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader("Location", address);
        return null;
    }

    private ModelAndView message(
            Opening opening,
            String event,
            @Nullable String name,
            @Nullable Object value,
            @Nullable String address,
            HttpServletResponse response) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("sender", SENDER);
        message.put("event", event);
        if (name != null && value != null) {
            message.put(name, value);
        }
        WindowPolicy.apply(response, opening);
        ModelAndView page = new ModelAndView("handover");
        page.addObject("message", json.writeValueAsString(message));
        page.addObject("shop", opening.shopOrigin());
        page.addObject("address", address);
        return page;
    }
}
