package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.Language;
import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.instrument.RefundAccount;
import dev.wonflow.sandbox.session.Choice;
import dev.wonflow.sandbox.session.Session;
import dev.wonflow.sandbox.window.AnswerWindow;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What a buyer does in the payment window, without a browser. */
@RestController
@RequestMapping("/control/payments/{paymentKey}")
class WindowControlController {

    private final AnswerWindow answerWindow;

    WindowControlController(AnswerWindow answerWindow) {
        this.answerWindow = answerWindow;
    }

    /** What the buyer picks; the method it was opened with, if nothing is said. */
    record Authenticate(
            @Nullable String method,
            @Nullable String easyPay,
            @Nullable String cardCompany,
            @Nullable Integer installmentMonths,
            @Nullable Long discountAmount,
            @Nullable String bank,
            @Nullable Account refundAccount) {}

    record Account(
            @Nullable String bank,
            @Nullable String accountNumber,
            @Nullable String holderName) {}

    record Decline(@Nullable String code) {}

    record Next(String redirectUrl) {}

    @PostMapping("/authenticate")
    Next authenticate(@PathVariable String paymentKey, @RequestBody(required = false) @Nullable Authenticate request) {
        return next(
                request == null
                        ? answerWindow.authenticate(paymentKey)
                        : answerWindow.authenticate(paymentKey, session -> choice(request, session)));
    }

    @PostMapping("/decline")
    Next decline(
            @PathVariable String paymentKey,
            @RequestBody(required = false) @Nullable Decline request,
            HttpServletRequest caller) {
        String code = request == null ? null : request.code();
        TossError why = code == null ? TossError.REJECT_CARD_COMPANY : codeNamed(code);
        return next(answerWindow.decline(paymentKey, why, Language.of(caller)));
    }

    @PostMapping("/cancel")
    Next cancel(@PathVariable String paymentKey, HttpServletRequest caller) {
        return next(answerWindow.cancel(paymentKey, Language.of(caller)));
    }

    private static Choice choice(Authenticate request, Session session) {
        String easyPay = request.easyPay();
        PaymentMethod method = request.method() == null ? session.method() : methodNamed(request.method());
        // With a provider named, a payment by card is one by easy pay, as in the window.
        PaymentMethod effective = easyPay != null && method == PaymentMethod.CARD ? PaymentMethod.EASY_PAY : method;
        return new Choice(
                effective,
                easyPay == null
                        ? usual(effective, session).easyPay()
                        : named(easyPay, EasyPayProvider::named, TossError.INVALID_EASY_PAY),
                request.cardCompany() == null
                        ? null
                        : named(request.cardCompany(), CardCompany::named, TossError.INVALID_CARD_COMPANY),
                Objects.requireNonNullElse(request.installmentMonths(), 0),
                Objects.requireNonNullElse(request.discountAmount(), 0L),
                request.bank() == null ? null : named(request.bank(), Bank::named, TossError.INVALID_BANK),
                refundAccount(request.refundAccount()));
    }

    private static Choice usual(PaymentMethod method, Session session) {
        return method == session.method() ? Choice.of(session) : Choice.of(method);
    }

    private static @Nullable RefundAccount refundAccount(@Nullable Account account) {
        return account == null ? null : RefundAccount.of(account.bank(), account.accountNumber(), account.holderName());
    }

    private static <T> T named(String name, Function<String, Optional<T>> lookup, TossError unknown) {
        return lookup.apply(name).orElseThrow(() -> new Refused(unknown));
    }

    private static Next next(Optional<String> redirectUrl) {
        return new Next(redirectUrl.orElseThrow(() -> new Refused(TossError.NOT_FOUND_PAYMENT)));
    }

    private static PaymentMethod methodNamed(String name) {
        return PaymentMethod.named(name)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST,
                        "method: " + name + " (expected: one of " + Arrays.toString(PaymentMethod.values())
                                + ", or its Korean name)"));
    }

    private static TossError codeNamed(String name) {
        return TossError.of(name)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "code: " + name + " (expected: a code of Toss)"));
    }
}
