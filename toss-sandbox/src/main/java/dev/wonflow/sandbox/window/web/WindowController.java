package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.card.Installments;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.payment.ExpirePayments;
import dev.wonflow.sandbox.payment.IllegalTransition;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.sdk.Offers;
import dev.wonflow.sandbox.sdk.Opening;
import dev.wonflow.sandbox.sdk.Openings;
import dev.wonflow.sandbox.sdk.ProviderHealth;
import dev.wonflow.sandbox.session.Choice;
import dev.wonflow.sandbox.session.Overseas;
import dev.wonflow.sandbox.session.Session;
import dev.wonflow.sandbox.virtualaccount.DepositPayment;
import dev.wonflow.sandbox.virtualaccount.NoDepositTaken;
import dev.wonflow.sandbox.window.AnswerWindow;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
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
    private final ProviderHealth health;
    private final Handover handover;
    private final MessageSource words;
    private final Clock clock;

    WindowController(
            ExpirePayments expirePayments,
            AnswerWindow answerWindow,
            DepositPayment depositPayment,
            Openings openings,
            ProviderHealth health,
            Handover handover,
            MessageSource words,
            Clock clock) {
        this.expirePayments = expirePayments;
        this.answerWindow = answerWindow;
        this.depositPayment = depositPayment;
        this.openings = openings;
        this.health = health;
        this.handover = handover;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView show(@PathVariable String paymentKey, Locale locale, HttpServletResponse response) {
        return show(paymentKey, null, locale, response);
    }

    private ModelAndView show(
            String paymentKey, @Nullable String refused, Locale locale, HttpServletResponse response) {
        Opening opening = openings.of(paymentKey);
        Optional<Payment> found = expirePayments.ifDue(paymentKey);
        if (found.isEmpty()) {
            WindowPolicy.apply(response, opening);
            return new ModelAndView("window-unknown", HttpStatus.NOT_FOUND);
        }
        Payment payment = found.get();
        ModelAndView page = page(payment, opening, locale, response);
        page.addObject("refused", refused);
        if (payment.instrument() instanceof Instrument.VirtualAccount account) {
            page.setViewName("deposit");
            page.addObject("account", account);
            page.addObject("dueAt", TIME.format(account.dueAt()));
            page.addObject("overdue", account.isExpired(clock.instant()));
        } else if (payment.status() != PaymentStatus.READY && payment.status() != PaymentStatus.IN_PROGRESS) {
            page.setViewName("window-ended");
        } else {
            offer(page, payment, opening.card());
        }
        return page;
    }

    private static void offer(ModelAndView page, Payment payment, Opening.CardTerms terms) {
        PaymentMethod method = payment.session().method();
        boolean byCard = method == PaymentMethod.CARD;
        CardCompany company = terms.company();
        EasyPayProvider provider = terms.easyPay();
        Offers.Only only = terms.only();
        List<CardCompany> companies = only == null ? Offers.CARDS : only.companies();
        page.addObject(
                "cards", !byCard || provider != null ? List.of() : company == null ? companies : List.of(company));
        page.addObject(
                "providers",
                provider != null
                        ? List.of(provider)
                        : method == PaymentMethod.EASY_PAY || (byCard && company == null && only == null)
                                ? Offers.EASY_PAY
                                : List.of());
        Overseas overseas = payment.session().overseas();
        page.addObject("overseas", overseas == null ? List.of() : overseas.providers());
        page.addObject("registeredCards", Offers.CARDS);
        page.addObject(
                "banks",
                switch (method) {
                    case VIRTUAL_ACCOUNT -> Offers.ISSUING_BANKS;
                    case TRANSFER -> Offers.BANKS;
                    case CARD,
                            EASY_PAY,
                            FOREIGN_EASY_PAY,
                            MOBILE_PHONE,
                            CULTURE_GIFT_CERTIFICATE,
                            BOOK_GIFT_CERTIFICATE,
                            GAME_GIFT_CERTIFICATE -> List.of();
                });
        page.addObject("plans", plans(payment, terms));
    }

    /** The instalment plans on offer, in months; empty if there is nothing to choose. */
    private static List<Integer> plans(Payment payment, Opening.CardTerms terms) {
        if (payment.session().method() != PaymentMethod.CARD
                || terms.easyPay() != null
                || payment.session().amountMinor() < Installments.FROM_WON) {
            return List.of();
        }
        if (terms.months() != null) {
            return List.of(terms.months());
        }
        int longest = Objects.requireNonNullElse(terms.longestMonths(), Installments.MOST_MONTHS);
        return IntStream.rangeClosed(0, Math.min(longest, Installments.MOST_MONTHS))
                .filter(months -> months != 1)
                .boxed()
                .toList();
    }

    @PostMapping("/approve")
    @Nullable
    ModelAndView approve(
            @PathVariable String paymentKey,
            @ModelAttribute Picked picked,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        Opening opening = openings.of(paymentKey);
        try {
            return onwards(
                    paymentKey,
                    request,
                    response,
                    () -> answerWindow.authenticate(paymentKey, session -> chosen(picked, session, opening)),
                    handover::resolve);
        } catch (Refused refused) {
            // The buyer stays, and may choose otherwise.
            return show(paymentKey, refused.error().message(locale), locale, response);
        }
    }

    private Choice chosen(Picked picked, Session session, Opening opening) {
        Choice choice = picked.choice(session.method(), opening);
        health.check(choice.cardCompany(), choice.easyPay(), TossError.MAINTAINED_METHOD);
        return choice;
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

    /** Leaves without an answer, as a buyer who closes the tab. */
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

    /** The buyer pays into the virtual account; the bank takes the exact amount only. */
    @PostMapping("/deposit")
    @Nullable
    ModelAndView deposit(
            @PathVariable String paymentKey,
            @RequestParam(required = false) @Nullable String amount,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            depositPayment.deposit(paymentKey, amount == null ? null : won(amount), null);
        } catch (NoDepositTaken _) {
            return show(
                    paymentKey,
                    words.getMessage("deposit.refused", new Object[] {amount == null ? "" : amount}, locale),
                    locale,
                    response);
        }
        return Handover.seeOther(windowOf(paymentKey, request), response);
    }

    /** The bank takes the deposit back. */
    @PostMapping("/reverse-deposit")
    @Nullable
    ModelAndView reverseDeposit(
            @PathVariable String paymentKey, HttpServletRequest request, HttpServletResponse response) {
        try {
            depositPayment.reverse(paymentKey);
        } catch (NoDepositTaken _) {
            // Another request was quicker; the page says how things are now.
        }
        return Handover.seeOther(windowOf(paymentKey, request), response);
    }

    /** What was typed as an amount; nonsense is an amount no account expects. */
    private static long won(String typed) {
        String digits = typed.replaceAll("[ ,원]", "");
        return digits.matches("[0-9]{1,15}") ? Long.parseLong(digits) : -1;
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

    private ModelAndView page(Payment payment, Opening opening, Locale locale, HttpServletResponse response) {
        WindowPolicy.apply(response, opening);
        ModelAndView page = new ModelAndView("window");
        page.addObject("payment", payment);
        page.addObject("opening", opening);
        page.addObject("amount", amount(payment.session(), locale));
        page.addObject("declines", Decline.list(locale));
        page.addObject("until", TIME.format(payment.deadline()));
        return page;
    }

    private String amount(Session session, Locale locale) {
        Currency in = session.currency();
        return words.getMessage("window.amount." + in.name(), new Object[] {in.shown(session.amountMinor())}, locale);
    }

    /** The window itself, in the language it was asked for. */
    private static String windowOf(String paymentKey, HttpServletRequest request) {
        String query = request.getQueryString();
        return "/window/" + paymentKey + (query == null ? "" : "?" + query);
    }
}
