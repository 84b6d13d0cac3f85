package dev.wonflow.sandbox.keyin.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.exchange.web.JsonBody;
import dev.wonflow.sandbox.keyin.ChargeCard;
import dev.wonflow.sandbox.payment.AcceptPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.web.PaymentBody;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import dev.wonflow.sandbox.payment.web.WindowAddress;
import dev.wonflow.sandbox.session.PaymentType;
import dev.wonflow.sandbox.session.Terms;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Charges cards whose numbers the merchant was told. */
@RestController
@RequestMapping("/v1/payments/key-in")
class KeyInController {

    private final ChargeCard chargeCard;
    private final PaymentJson paymentJson;
    private final JsonMapper json;

    KeyInController(ChargeCard chargeCard, PaymentJson paymentJson, JsonMapper json) {
        this.chargeCard = chargeCard;
        this.paymentJson = paymentJson;
        this.json = json;
    }

    @PostMapping
    ResponseEntity<byte[]> keyIn(HttpServletRequest request, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        JsonBody body = JsonBody.of(request, json);
        String orderId = body.text("orderId");
        exchange.isAbout(orderId, null);
        PaymentBody.checkUnused(body);
        Payment payment = chargeCard.charge(
                exchange.keys(),
                new AcceptPayment.Request(
                        PaymentType.NORMAL,
                        orderId,
                        body.text("orderName"),
                        body.won("amount").orElseThrow(() -> new Refused(TossError.INVALID_REQUEST)),
                        body.won("taxFreeAmount").orElse(0L),
                        body.won("taxExemptionAmount").orElse(0L),
                        PaymentBody.buyer(body),
                        body.flag("useFreeInstallmentPlan") ? Terms.USUAL.withFreeInstallments() : Terms.USUAL,
                        body.texts("metadata"),
                        WindowAddress.base()),
                new ChargeCard.Details(
                        body.text("cardNumber"),
                        body.text("cardExpirationYear"),
                        body.text("cardExpirationMonth"),
                        body.text("customerIdentityNumber"),
                        body.optionalText("cardPassword").orElse(null)),
                body.number("cardInstallmentPlan", 0),
                body.flag("useCardPoint"));
        exchange.isAbout(orderId, payment.paymentKey());
        exchange.hadEffect();
        return paymentJson.answer(payment, exchange.language());
    }
}
