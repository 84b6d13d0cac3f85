package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.exchange.web.JsonBody;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.payment.OpenPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.web.PaymentBody;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import dev.wonflow.sandbox.payment.web.WindowAddress;
import dev.wonflow.sandbox.sdk.Opening;
import dev.wonflow.sandbox.sdk.Openings;
import dev.wonflow.sandbox.session.Overseas;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Opens the payment window for a server of the merchant. */
@RestController
@RequestMapping("/v1/payments")
class OpenWindowController {

    private final OpenPayment openPayment;
    private final Openings openings;
    private final PaymentJson paymentJson;
    private final JsonMapper json;

    OpenWindowController(OpenPayment openPayment, Openings openings, PaymentJson paymentJson, JsonMapper json) {
        this.openPayment = openPayment;
        this.openings = openings;
        this.paymentJson = paymentJson;
        this.json = json;
    }

    @PostMapping
    ResponseEntity<byte[]> open(HttpServletRequest request, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        JsonBody body = JsonBody.of(request, json);
        String orderId = body.text("orderId");
        exchange.isAbout(orderId, null);
        PaymentMethod method =
                PaymentMethod.named(body.text("method")).orElseThrow(() -> new Refused(TossError.NOT_SUPPORTED_METHOD));
        Overseas overseas = PaymentBody.overseas(body, method);
        Currency currency = overseas == null ? Currency.KRW : overseas.currency();
        Opening.CardTerms terms = FlowMode.read(body);
        Payment payment = openPayment.open(
                exchange.keys(),
                new OpenPayment.Request(
                        orderId,
                        body.text("orderName"),
                        method,
                        body.amount("amount", currency).orElseThrow(() -> new Refused(TossError.REQUIRED_AMOUNT)),
                        body.amount("taxFreeAmount", currency).orElse(0L),
                        body.amount("taxExemptionAmount", currency).orElse(0L),
                        PaymentBody.buyer(body),
                        PaymentBody.terms(body),
                        overseas,
                        body.texts("metadata"),
                        body.optionalText("successUrl").orElseThrow(() -> new Refused(TossError.INVALID_SUCCESS_URL)),
                        body.optionalText("failUrl")
                                .orElseThrow(() -> new Refused(TossError.INCORRECT_FAIL_URL_FORMAT)),
                        WindowAddress.base()));
        if (!terms.equals(Opening.CardTerms.OPEN)) {
            openings.add(Opening.withoutScript(payment.paymentKey(), terms));
        }
        exchange.isAbout(orderId, payment.paymentKey());
        exchange.hadEffect();
        return paymentJson.answer(payment, exchange.language());
    }
}
