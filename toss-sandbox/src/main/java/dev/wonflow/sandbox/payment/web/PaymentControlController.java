package dev.wonflow.sandbox.payment.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.Language;
import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.payment.AnswerWindow;
import dev.wonflow.sandbox.payment.CancelStatus;
import dev.wonflow.sandbox.payment.Choice;
import dev.wonflow.sandbox.payment.DepositPayment;
import dev.wonflow.sandbox.payment.FinishCancels;
import dev.wonflow.sandbox.payment.NoCancelRunning;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentMethod;
import dev.wonflow.sandbox.payment.RefundAccount;
import dev.wonflow.sandbox.payment.RefundDeposits;
import dev.wonflow.sandbox.payment.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What a buyer does in the payment window or at the bank, without a browser. */
@RestController
@RequestMapping("/control/payments/{paymentKey}")
class PaymentControlController {

    private final AnswerWindow answerWindow;
    private final DepositPayment depositPayment;
    private final RefundDeposits refundDeposits;
    private final FinishCancels finishCancels;
    private final PaymentJson paymentJson;

    PaymentControlController(
            AnswerWindow answerWindow,
            DepositPayment depositPayment,
            RefundDeposits refundDeposits,
            FinishCancels finishCancels,
            PaymentJson paymentJson) {
        this.answerWindow = answerWindow;
        this.depositPayment = depositPayment;
        this.refundDeposits = refundDeposits;
        this.finishCancels = finishCancels;
        this.paymentJson = paymentJson;
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

    record Deposit(@Nullable Long amount, @Nullable String depositorName) {}

    record Decline(@Nullable String code) {}

    /** How a cancel in progress ends; the oldest of the payment unless one is named by its transaction key. */
    record CancelEnd(@Nullable String status, @Nullable String transactionKey) {}

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

    @PostMapping("/deposit")
    ResponseEntity<byte[]> deposit(
            @PathVariable String paymentKey,
            @RequestBody(required = false) @Nullable Deposit request,
            HttpServletRequest caller) {
        return answer(
                depositPayment.deposit(
                        paymentKey,
                        request == null ? null : request.amount(),
                        request == null ? null : request.depositorName()),
                caller);
    }

    @PostMapping("/reverse-deposit")
    ResponseEntity<byte[]> reverseDeposit(@PathVariable String paymentKey, HttpServletRequest caller) {
        return answer(depositPayment.reverse(paymentKey), caller);
    }

    @PostMapping("/fail-refund")
    ResponseEntity<byte[]> failRefund(@PathVariable String paymentKey, HttpServletRequest caller) {
        return answer(refundDeposits.fail(paymentKey), caller);
    }

    @PostMapping("/complete-refund")
    ResponseEntity<byte[]> completeRefund(@PathVariable String paymentKey, HttpServletRequest caller) {
        return answer(refundDeposits.complete(paymentKey), caller);
    }

    @PostMapping("/cancel-status")
    ResponseEntity<byte[]> finishCancel(
            @PathVariable String paymentKey, @RequestBody CancelEnd request, HttpServletRequest caller) {
        CancelStatus end = Stream.of(CancelStatus.DONE, CancelStatus.ABORTED)
                .filter(status -> status.name().equals(request.status()))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "status: " + request.status() + " (expected: DONE or ABORTED)"));
        try {
            return answer(finishCancels.finish(paymentKey, request.transactionKey(), end), caller);
        } catch (NoCancelRunning e) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, e.getMessage(), e);
        }
    }

    private ResponseEntity<byte[]> answer(Optional<Payment> changed, HttpServletRequest caller) {
        Payment payment = changed.orElseThrow(() -> new Refused(TossError.NOT_FOUND_PAYMENT));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(paymentJson.write(payment, Language.of(caller)));
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
