package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.billing.AuthorizeBilling;
import dev.wonflow.sandbox.billing.BillingAuthorization;
import dev.wonflow.sandbox.billing.BillingMethod;
import dev.wonflow.sandbox.billing.BillingTestCard;
import dev.wonflow.sandbox.billing.BillingWindowClosed;
import dev.wonflow.sandbox.billing.CardDetails;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.Merchants;
import dev.wonflow.sandbox.sdk.Opening;
import dev.wonflow.sandbox.sdk.Openings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The billing window: where a buyer agrees to be charged again and again. */
@Controller
@RequestMapping("/billing-window/{id}")
class BillingWindowController {

    private final AuthorizeBilling authorizeBilling;
    private final Merchants merchants;
    private final Openings openings;
    private final Handover handover;
    private final Clock clock;

    BillingWindowController(
            AuthorizeBilling authorizeBilling, Merchants merchants, Openings openings, Handover handover, Clock clock) {
        this.authorizeBilling = authorizeBilling;
        this.merchants = merchants;
        this.openings = openings;
        this.handover = handover;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView show(@PathVariable String id, Locale locale, HttpServletResponse response) {
        return page(id, CardDetails.ofTheBuyer(clock.instant()), null, locale, response);
    }

    @PostMapping("/approve")
    @Nullable
    ModelAndView approve(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String cardNumber,
            @RequestParam(defaultValue = "") String expirationYear,
            @RequestParam(defaultValue = "") String expirationMonth,
            @RequestParam(defaultValue = "") String identityNumber,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        CardDetails card = new CardDetails(
                cardNumber.replaceAll("[ -]", ""), expirationYear, expirationMonth, identityNumber, null);
        try {
            return onwards(id, authorizeBilling.approve(id, card), request, response);
        } catch (Refused refused) {
            // The buyer stays, and may try another card.
            return page(id, card, refused.error().message(locale), locale, response);
        } catch (BillingWindowClosed _) {
            return Handover.seeOther(windowOf(id, request), response);
        }
    }

    @PostMapping("/decline")
    @Nullable
    ModelAndView decline(
            @PathVariable String id,
            @RequestParam(defaultValue = "REJECT_CARD_COMPANY") String code,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        TossError why = TossError.of(code).orElseThrow(() -> new Refused(TossError.INVALID_REQUEST));
        return onwards(id, authorizeBilling.decline(id, why, locale), request, response);
    }

    @PostMapping("/cancel")
    @Nullable
    ModelAndView cancel(
            @PathVariable String id, Locale locale, HttpServletRequest request, HttpServletResponse response) {
        return onwards(id, authorizeBilling.cancel(id, locale), request, response);
    }

    /** Leaves without an answer, as a buyer who closes the tab. */
    @GetMapping("/left")
    ModelAndView leave(@PathVariable String id, Locale locale, HttpServletResponse response) {
        Opening opening = openings.of(id);
        if (opening.frame() == Opening.Frame.IFRAME) {
            return handover.close(opening, response);
        }
        WindowPolicy.apply(response, opening);
        ModelAndView page = new ModelAndView("billing-left");
        page.addObject("id", id);
        return page;
    }

    private ModelAndView page(
            String id, CardDetails card, @Nullable String refused, Locale locale, HttpServletResponse response) {
        Opening opening = openings.of(id);
        Optional<BillingAuthorization> found = authorizeBilling.find(id);
        if (found.isEmpty()) {
            WindowPolicy.apply(response, opening);
            return new ModelAndView("window-unknown", HttpStatus.NOT_FOUND);
        }
        BillingAuthorization visit = found.get();
        WindowPolicy.apply(response, opening);
        ModelAndView page = new ModelAndView("billing-window");
        page.addObject("visit", visit);
        page.addObject("open", visit.isOpen(clock.instant()));
        page.addObject(
                "shop",
                merchants
                        .withClientKey(visit.clientKey())
                        .map(keys -> keys.merchant().name())
                        .orElse(""));
        page.addObject("byCard", visit.method() == BillingMethod.CARD);
        page.addObject("card", card);
        page.addObject("refused", refused);
        page.addObject("testCards", BillingTestCard.values());
        page.addObject("declines", Decline.list(locale));
        return page;
    }

    private @Nullable ModelAndView onwards(
            String id, Optional<String> redirectUrl, HttpServletRequest request, HttpServletResponse response) {
        return redirectUrl.isPresent()
                ? handover.redirect(openings.of(id), redirectUrl.get(), response)
                : Handover.seeOther(windowOf(id, request), response);
    }

    private static String windowOf(String id, HttpServletRequest request) {
        String query = request.getQueryString();
        return "/billing-window/" + id + (query == null ? "" : "?" + query);
    }
}
