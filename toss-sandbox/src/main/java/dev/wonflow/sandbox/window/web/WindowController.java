package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.payment.AnswerWindow;
import dev.wonflow.sandbox.payment.DepositPayment;
import dev.wonflow.sandbox.payment.ExpirePayments;
import dev.wonflow.sandbox.payment.IllegalTransition;
import dev.wonflow.sandbox.payment.Instrument;
import dev.wonflow.sandbox.payment.NoDepositTaken;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.sdk.Opening;
import dev.wonflow.sandbox.sdk.Openings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The payment window: what a buyer sees after the merchant sent them here. Once a virtual account is issued, the same
 * address is where the buyer pays into it.
 */
@Controller
@RequestMapping("/window/{paymentKey}")
class WindowController {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final ExpirePayments expirePayments;
    private final AnswerWindow answerWindow;
    private final DepositPayment depositPayment;
    private final Openings openings;
    private final Handover handover;

    WindowController(
            ExpirePayments expirePayments,
            AnswerWindow answerWindow,
            DepositPayment depositPayment,
            Openings openings,
            Handover handover) {
        this.expirePayments = expirePayments;
        this.answerWindow = answerWindow;
        this.depositPayment = depositPayment;
        this.openings = openings;
        this.handover = handover;
    }

    @GetMapping
    ModelAndView show(@PathVariable String paymentKey, Locale locale, HttpServletResponse response) {
        Opening opening = openings.of(paymentKey);
        Optional<Payment> found = expirePayments.ifDue(paymentKey);
        if (found.isEmpty()) {
            WindowPolicy.apply(response, opening);
            return new ModelAndView("window-unknown", HttpStatus.NOT_FOUND);
        }
        Payment payment = found.get();
        ModelAndView page = page(payment, opening, locale, response);
        if (payment.instrument() instanceof Instrument.VirtualAccount account) {
            page.setViewName("deposit");
            page.addObject("account", account);
            page.addObject("bank", account.bank().korean());
            page.addObject("dueAt", TIME.format(account.dueAt()));
        } else if (payment.status() != PaymentStatus.READY && payment.status() != PaymentStatus.IN_PROGRESS) {
            page.setViewName("window-ended");
        }
        return page;
    }

    @PostMapping("/approve")
    @Nullable
    ModelAndView approve(@PathVariable String paymentKey, HttpServletRequest request, HttpServletResponse response) {
        return onwards(paymentKey, request, response, () -> answerWindow.authenticate(paymentKey), handover::resolve);
    }

    @PostMapping("/decline")
    @Nullable
    ModelAndView decline(
            @PathVariable String paymentKey,
            @RequestParam(defaultValue = "REJECT_CARD_COMPANY") String code,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        TossError why = TossError.of(code).orElseThrow(() -> new Refused(TossError.INVALID_REQUEST));
        return onwards(
                paymentKey,
                request,
                response,
                () -> answerWindow.decline(paymentKey, why, locale),
                (opening, _, answer) -> handover.reject(opening, why, locale, answer));
    }

    @PostMapping("/cancel")
    @Nullable
    ModelAndView cancel(
            @PathVariable String paymentKey, Locale locale, HttpServletRequest request, HttpServletResponse response) {
        return onwards(
                paymentKey,
                request,
                response,
                () -> answerWindow.cancel(paymentKey, locale),
                (opening, _, answer) -> handover.close(opening, answer));
    }

    /** Leaves without an answer, as somebody who closes the tab. */
    @GetMapping("/left")
    ModelAndView leave(@PathVariable String paymentKey, Locale locale, HttpServletResponse response) {
        Opening opening = openings.of(paymentKey);
        if (opening.frame() == Opening.Frame.IFRAME) {
            return handover.close(opening, response);
        }
        return expirePayments
                .ifDue(paymentKey)
                .map(payment -> {
                    ModelAndView page = page(payment, opening, locale, response);
                    page.setViewName("window-left");
                    return page;
                })
                .orElseGet(() -> show(paymentKey, locale, response));
    }

    /** The buyer pays the exact amount into the virtual account. */
    @PostMapping("/deposit")
    @Nullable
    ModelAndView deposit(@PathVariable String paymentKey, HttpServletRequest request, HttpServletResponse response) {
        try {
            depositPayment.deposit(paymentKey);
        } catch (NoDepositTaken _) {
            // The page says how things are now.
        }
        return Handover.seeOther(windowOf(paymentKey, request), response);
    }

    /** How a promise of the shop ends. */
    private interface Settled {
        ModelAndView with(Opening opening, Payment payment, HttpServletResponse response);
    }

    /** Where the buyer goes; a page that was left open for too long is shown again, as the payment is now. */
    private @Nullable ModelAndView onwards(
            String paymentKey,
            HttpServletRequest request,
            HttpServletResponse response,
            Supplier<Optional<String>> answer,
            Settled settled) {
        Optional<String> redirectUrl;
        try {
            redirectUrl = answer.get();
        } catch (IllegalTransition _) {
            redirectUrl = Optional.empty();
        }
        Optional<Payment> payment = expirePayments.ifDue(paymentKey);
        if (redirectUrl.isEmpty() || payment.isEmpty()) {
            return Handover.seeOther(windowOf(paymentKey, request), response);
        }
        Opening opening = openings.of(paymentKey);
        return opening.promise()
                ? settled.with(opening, payment.get(), response)
                : handover.redirect(opening, redirectUrl.get(), response);
    }

    private static ModelAndView page(Payment payment, Opening opening, Locale locale, HttpServletResponse response) {
        WindowPolicy.apply(
                response,
                opening,
                payment.session().successUrl(),
                payment.session().failUrl());
        ModelAndView page = new ModelAndView("window");
        page.addObject("payment", payment);
        page.addObject("opening", opening);
        page.addObject("method", payment.session().method().label(locale));
        page.addObject("declines", Decline.list(locale));
        page.addObject("until", TIME.format(payment.deadline()));
        return page;
    }

    /** The window itself, in the language it was asked for. */
    private static String windowOf(String paymentKey, HttpServletRequest request) {
        String query = request.getQueryString();
        return "/window/" + paymentKey + (query == null ? "" : "?" + query);
    }
}
