package dev.wonflow.sandbox.sdk.web;

import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchants;
import dev.wonflow.sandbox.payment.Installments;
import dev.wonflow.sandbox.payment.PaymentMethod;
import dev.wonflow.sandbox.sdk.Offers;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What the script puts into a page of the shop: the payment methods and the terms of the widgets (결제위젯). */
@Controller
@RequestMapping("/sdk")
class WidgetController {

    private final Merchants merchants;

    WidgetController(Merchants merchants) {
        this.merchants = merchants;
    }

    /**
     * One method on offer.
     *
     * @param code what the shop hears of it
     * @param easyPay the provider, if it is one
     * @param card there if a card company has to be chosen with it
     */
    record Choice(
            String code,
            PaymentMethod method,
            @Nullable EasyPayProvider easyPay,
            @Nullable String card) {}

    @GetMapping("/widgets/payment-methods")
    ModelAndView paymentMethods(
            @RequestParam String clientKey,
            @RequestParam String origin,
            @RequestParam(defaultValue = "0") long amount,
            HttpServletResponse response) {
        ModelAndView page = page("widget-payment-methods", clientKey, origin, response);
        page.addObject("choices", choices());
        page.addObject("cards", Offers.CARDS);
        page.addObject("instalmentsFrom", Installments.FROM_WON);
        page.addObject("amount", amount);
        return page;
    }

    @GetMapping("/widgets/agreement")
    ModelAndView agreement(@RequestParam String clientKey, @RequestParam String origin, HttpServletResponse response) {
        return page("widget-agreement", clientKey, origin, response);
    }

    /** Where a buyer ends up who finishes a window whose shop waited for a promise and is gone. */
    @GetMapping("/finished")
    ModelAndView finished(HttpServletResponse response) {
        protect(response, "'none'");
        return new ModelAndView("finished");
    }

    private ModelAndView page(String name, String clientKey, String origin, HttpServletResponse response) {
        if (!Origin.isOne(origin)) {
            protect(response, "'none'");
            return new ModelAndView("finished");
        }
        protect(response, origin);
        boolean known =
                merchants.withClientKey(clientKey).filter(KeyPair::isOfWidget).isPresent();
        ModelAndView page = new ModelAndView(known ? name : "widget-refused");
        page.addObject("shop", origin);
        page.addObject("refused", known ? null : "INVALID_CLIENT_KEY");
        return page;
    }

    private static void protect(HttpServletResponse response, String frames) {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors "
                        + frames);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }

    private static List<Choice> choices() {
        return Stream.of(
                        Stream.of(new Choice(PaymentMethod.CARD.name(), PaymentMethod.CARD, null, "company")),
                        // Easy pay is a card payment that goes straight to its provider.
                        Offers.EASY_PAY.stream()
                                .map(provider -> new Choice(provider.name(), PaymentMethod.CARD, provider, null)),
                        Stream.of(PaymentMethod.values())
                                .filter(method -> method != PaymentMethod.CARD && method != PaymentMethod.EASY_PAY)
                                .map(method -> new Choice(method.name(), method, null, null)))
                .flatMap(choice -> choice)
                .toList();
    }
}
