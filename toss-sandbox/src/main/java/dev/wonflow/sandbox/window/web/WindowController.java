package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.payment.AnswerWindow;
import dev.wonflow.sandbox.payment.ExpirePayments;
import dev.wonflow.sandbox.payment.IllegalTransition;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentStatus;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** The payment window: what a buyer sees after the merchant sent them here. */
@Controller
@RequestMapping("/window/{paymentKey}")
class WindowController {

    private final ExpirePayments expirePayments;
    private final AnswerWindow answerWindow;

    WindowController(ExpirePayments expirePayments, AnswerWindow answerWindow) {
        this.expirePayments = expirePayments;
        this.answerWindow = answerWindow;
    }

    @GetMapping
    ModelAndView show(@PathVariable String paymentKey, Locale locale) {
        Optional<Payment> found = expirePayments.ifDue(paymentKey);
        if (found.isEmpty()) {
            return new ModelAndView("window-unknown", HttpStatus.NOT_FOUND);
        }
        Payment payment = found.get();
        boolean open = payment.status() == PaymentStatus.READY || payment.status() == PaymentStatus.IN_PROGRESS;
        ModelAndView page = new ModelAndView("window");
        page.addObject("payment", payment);
        page.addObject("method", payment.session().method().label(locale));
        page.addObject("open", open);
        return page;
    }

    @PostMapping("/approve")
    ResponseEntity<Void> approve(@PathVariable String paymentKey) {
        return onwards(paymentKey, () -> answerWindow.authenticate(paymentKey));
    }

    @PostMapping("/decline")
    ResponseEntity<Void> decline(@PathVariable String paymentKey, Locale locale) {
        return onwards(paymentKey, () -> answerWindow.decline(paymentKey, TossError.REJECT_CARD_COMPANY, locale));
    }

    @PostMapping("/cancel")
    ResponseEntity<Void> cancel(@PathVariable String paymentKey, Locale locale) {
        return onwards(paymentKey, () -> answerWindow.cancel(paymentKey, locale));
    }

    /** Where the buyer goes; a page that was left open for too long is shown again, as the payment is now. */
    private static ResponseEntity<Void> onwards(String paymentKey, Supplier<Optional<String>> redirectUrl) {
        String window = "/window/" + paymentKey;
        try {
            return seeOther(redirectUrl.get().orElse(window));
        } catch (IllegalTransition _) {
            return seeOther(window);
        }
    }

    private static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(address))
                .build();
    }
}
