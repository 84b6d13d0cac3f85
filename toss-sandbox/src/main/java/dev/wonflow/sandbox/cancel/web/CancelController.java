package dev.wonflow.sandbox.cancel.web;

import dev.wonflow.sandbox.cancel.CancelPayment;
import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.exchange.web.JsonBody;
import dev.wonflow.sandbox.payment.FindPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Cancels of the Toss API. */
@RestController
@RequestMapping("/v1/payments/{paymentKey}/cancel")
class CancelController {

    private final CancelPayment cancelPayment;
    private final FindPayment findPayment;
    private final PaymentJson paymentJson;
    private final JsonMapper json;

    CancelController(CancelPayment cancelPayment, FindPayment findPayment, PaymentJson paymentJson, JsonMapper json) {
        this.cancelPayment = cancelPayment;
        this.findPayment = findPayment;
        this.paymentJson = paymentJson;
        this.json = json;
    }

    @PostMapping
    ResponseEntity<byte[]> cancel(
            @PathVariable String paymentKey,
            HttpServletRequest request,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        exchange.isAbout(null, paymentKey);
        JsonBody body = JsonBody.of(request, json);
        Currency currency = findPayment.currencyOf(paymentKey);
        Payment payment = cancelPayment.cancel(
                exchange.keys().merchant(),
                paymentKey,
                new CancelPayment.Request(
                        body.text("cancelReason"),
                        body.amount("cancelAmount", currency).orElse(null),
                        body.amount("taxFreeAmount", currency).orElse(0L),
                        body.amount("taxExemptionAmount", currency).orElse(0L),
                        body.optionalText("currency").orElse(null),
                        body.amount("refundableAmount", currency).orElse(null),
                        body.object("refundReceiveAccount")
                                .map(account -> new CancelPayment.RefundTo(
                                        account.optionalText("bank").orElse(null),
                                        account.optionalText("accountNumber").orElse(null),
                                        account.optionalText("holderName").orElse(null)))
                                .orElse(null),
                        body.optionalText("cancelRequestId").orElse(null)));
        exchange.isAbout(payment.orderId(), paymentKey);
        exchange.hadEffect();
        return paymentJson.answer(payment, exchange.language());
    }
}
