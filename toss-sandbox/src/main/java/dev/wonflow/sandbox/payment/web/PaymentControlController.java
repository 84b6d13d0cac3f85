package dev.wonflow.sandbox.payment.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.Language;
import dev.wonflow.sandbox.payment.AnswerWindow;
import dev.wonflow.sandbox.payment.DepositPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentMethod;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
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
    private final PaymentJson paymentJson;

    PaymentControlController(AnswerWindow answerWindow, DepositPayment depositPayment, PaymentJson paymentJson) {
        this.answerWindow = answerWindow;
        this.depositPayment = depositPayment;
        this.paymentJson = paymentJson;
    }

    record Authenticate(@Nullable String method) {}

    record Decline(@Nullable String code) {}

    record Next(String redirectUrl) {}

    @PostMapping("/authenticate")
    Next authenticate(@PathVariable String paymentKey, @RequestBody(required = false) @Nullable Authenticate request) {
        String method = request == null ? null : request.method();
        return next(
                method == null
                        ? answerWindow.authenticate(paymentKey)
                        : answerWindow.authenticate(paymentKey, methodNamed(method)));
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
    ResponseEntity<byte[]> deposit(@PathVariable String paymentKey, HttpServletRequest caller) {
        Payment deposited =
                depositPayment.deposit(paymentKey).orElseThrow(() -> new Refused(TossError.NOT_FOUND_PAYMENT));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(paymentJson.write(deposited, Language.of(caller)));
    }

    private static Next next(Optional<String> redirectUrl) {
        return new Next(redirectUrl.orElseThrow(() -> new Refused(TossError.NOT_FOUND_PAYMENT)));
    }

    private static PaymentMethod methodNamed(String name) {
        return PaymentMethod.named(name)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "method: " + name + " (expected: CARD, VIRTUAL_ACCOUNT, 카드, 가상계좌)"));
    }

    private static TossError codeNamed(String name) {
        return TossError.of(name)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "code: " + name + " (expected: a code of Toss)"));
    }
}
