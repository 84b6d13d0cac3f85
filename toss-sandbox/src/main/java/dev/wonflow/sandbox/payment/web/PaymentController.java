package dev.wonflow.sandbox.payment.web;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.exchange.web.JsonBody;
import dev.wonflow.sandbox.payment.ConfirmPayment;
import dev.wonflow.sandbox.payment.FindPayment;
import dev.wonflow.sandbox.payment.Payment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The payment paths of the Toss API. */
@RestController
@RequestMapping("/v1/payments")
class PaymentController {

    private final ConfirmPayment confirmPayment;
    private final FindPayment findPayment;
    private final Assumptions assumptions;
    private final PaymentJson paymentJson;
    private final JsonMapper json;

    PaymentController(
            ConfirmPayment confirmPayment,
            FindPayment findPayment,
            Assumptions assumptions,
            PaymentJson paymentJson,
            JsonMapper json) {
        this.confirmPayment = confirmPayment;
        this.findPayment = findPayment;
        this.assumptions = assumptions;
        this.paymentJson = paymentJson;
        this.json = json;
    }

    @PostMapping("/confirm")
    ResponseEntity<byte[]> confirm(HttpServletRequest request, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        JsonBody body = JsonBody.of(request, json);
        return confirm(body.text("paymentKey"), body, exchange);
    }

    /** The path approvals had before {@code /confirm}; samples of Toss still took it in 2024. */
    @PostMapping("/{paymentKey}")
    ResponseEntity<byte[]> confirmByOlderPath(
            @PathVariable String paymentKey,
            HttpServletRequest request,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        if (!assumptions.confirmByOlderPath()) {
            throw new Refused(TossError.NOT_FOUND_HTTP_METHOD);
        }
        return confirm(paymentKey, JsonBody.of(request, json), exchange);
    }

    private ResponseEntity<byte[]> confirm(String paymentKey, JsonBody body, Exchange exchange) {
        String orderId = assumptions.confirmOfOrderNumber() ? body.text("orderId") : body.strictText("orderId");
        exchange.isAbout(orderId, paymentKey);
        long amountMinor = body.amount("amount", findPayment.currencyOf(paymentKey))
                .orElseThrow(() -> new Refused(TossError.INVALID_REQUEST));
        Payment confirmed = confirmPayment.confirm(exchange.keys(), paymentKey, orderId, amountMinor);
        exchange.hadEffect();
        return paymentJson.answer(confirmed, exchange.language());
    }

    @GetMapping("/{paymentKey}")
    ResponseEntity<byte[]> byKey(
            @PathVariable String paymentKey, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        exchange.isAbout(null, paymentKey);
        Payment payment = findPayment.byKey(exchange.keys().merchant(), paymentKey);
        exchange.isAbout(payment.orderId(), paymentKey);
        return paymentJson.answer(payment, exchange.language());
    }

    @GetMapping("/orders/{orderId}")
    ResponseEntity<byte[]> byOrder(
            @PathVariable String orderId, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        exchange.isAbout(orderId, null);
        Payment payment = findPayment.byOrder(exchange.keys().merchant(), orderId);
        exchange.isAbout(orderId, payment.paymentKey());
        return paymentJson.answer(payment, exchange.language());
    }
}
