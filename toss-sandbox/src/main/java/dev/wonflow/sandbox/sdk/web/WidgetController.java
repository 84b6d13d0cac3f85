package dev.wonflow.sandbox.sdk.web;

import dev.wonflow.sandbox.card.Installments;
import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchants;
import dev.wonflow.sandbox.sdk.Offers;
import dev.wonflow.sandbox.sdk.Widget;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
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

    private static final String USUAL_VARIANT = "DEFAULT";

    private final Merchants merchants;
    private final Widget widget;

    WidgetController(Merchants merchants, Widget widget) {
        this.merchants = merchants;
        this.widget = widget;
    }

    /**
     * One method on offer.
     *
     * @param code what the shop hears of it
     * @param name what the buyer reads, where no message has it
     * @param method null for one of the merchant's own
     * @param easyPay the provider, if it is one
     * @param more what else has to be said of it, as the form names it; null for nothing
     */
    record Choice(
            String code,
            @Nullable String name,
            @Nullable PaymentMethod method,
            @Nullable EasyPayProvider easyPay,
            @Nullable String more) {

        private static Choice of(PaymentMethod method, @Nullable String more) {
            return new Choice(method.name(), null, method, null, more);
        }
    }

    @GetMapping("/widgets/payment-methods")
    ModelAndView paymentMethods(
            @RequestParam String clientKey,
            @RequestParam String origin,
            @RequestParam(defaultValue = "0") BigDecimal amount,
            @RequestParam(defaultValue = "KRW") Currency currency,
            @RequestParam(defaultValue = USUAL_VARIANT) String variantKey,
            HttpServletResponse response) {
        ModelAndView page = page("widget-payment-methods", clientKey, origin, List.of(variantKey), response);
        offer(page, SdkController.units(currency, amount), currency);
        return page;
    }

    private void offer(ModelAndView page, long amount, Currency currency) {
        page.addObject("choices", currency == Currency.KRW ? choices() : overseas(currency));
        page.addObject("currency", currency);
        page.addObject("cards", Offers.CARDS);
        page.addObject("instalmentsFrom", Installments.FROM_WON);
        page.addObject("refundBanks", Offers.BANKS);
        page.addObject("amount", amount);
    }

    @GetMapping("/widgets/agreement")
    ModelAndView agreement(
            @RequestParam String clientKey,
            @RequestParam String origin,
            @RequestParam(defaultValue = USUAL_VARIANT) String variantKey,
            HttpServletResponse response) {
        return page("widget-agreement", clientKey, origin, List.of(variantKey), response);
    }

    /** Both in one, over the page of the shop. */
    @GetMapping("/widgets/payment-window")
    ModelAndView paymentWindow(
            @RequestParam String clientKey,
            @RequestParam String origin,
            @RequestParam(defaultValue = "0") BigDecimal amount,
            @RequestParam(defaultValue = "KRW") Currency currency,
            @RequestParam(defaultValue = USUAL_VARIANT) String paymentMethod,
            @RequestParam(defaultValue = USUAL_VARIANT) String agreement,
            HttpServletResponse response) {
        ModelAndView page =
                page("widget-payment-window", clientKey, origin, List.of(paymentMethod, agreement), response);
        offer(page, SdkController.units(currency, amount), currency);
        page.addObject(
                "shopName",
                merchants
                        .withClientKey(clientKey)
                        .map(keys -> keys.merchant().name())
                        .orElse(""));
        return page;
    }

    /** Where a buyer ends up who finishes a window whose shop waited for a promise and is gone. */
    @GetMapping("/finished")
    ModelAndView finished(HttpServletResponse response) {
        protect(response, "'none'");
        return new ModelAndView("finished");
    }

    private ModelAndView page(
            String name, String clientKey, String origin, List<String> variants, HttpServletResponse response) {
        if (!Origin.isOne(origin)) {
            protect(response, "'none'");
            return new ModelAndView("finished");
        }
        protect(response, origin);
        boolean known =
                merchants.withClientKey(clientKey).filter(KeyPair::isOfWidget).isPresent();
        String refused = !known
                ? "INVALID_CLIENT_KEY"
                : variants.stream().allMatch(widget::hasVariant) ? null : "INVALID_VARIANT_KEY";
        ModelAndView page = new ModelAndView(refused == null ? name : "widget-refused");
        page.addObject("shop", origin);
        page.addObject("refused", refused);
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

    private List<Choice> choices() {
        return Stream.of(
                        Stream.of(Choice.of(PaymentMethod.CARD, "card")),
                        // Easy pay is a card payment that goes straight to its provider.
                        Offers.EASY_PAY.stream()
                                .map(provider -> new Choice(provider.name(), null, PaymentMethod.CARD, provider, null)),
                        Stream.of(PaymentMethod.values())
                                .filter(method -> method != PaymentMethod.CARD
                                        && method != PaymentMethod.EASY_PAY
                                        && method != PaymentMethod.FOREIGN_EASY_PAY)
                                .map(method -> Choice.of(method, moreOf(method))),
                        widget.customMethods().stream().map(own -> new Choice(own.key(), own.name(), null, null, null)))
                .flatMap(choice -> choice)
                .toList();
    }

    /** Overseas easy pay is never on offer next to the methods of Korea. */
    private static List<Choice> overseas(Currency currency) {
        return EasyPayProvider.overseas(currency).stream()
                .map(provider -> new Choice(provider.name(), null, PaymentMethod.FOREIGN_EASY_PAY, provider, null))
                .toList();
    }

    private @Nullable String moreOf(PaymentMethod method) {
        return method == PaymentMethod.VIRTUAL_ACCOUNT && widget.asksForRefundAccount() ? "refund" : null;
    }
}
