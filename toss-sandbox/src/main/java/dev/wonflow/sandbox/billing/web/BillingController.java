package dev.wonflow.sandbox.billing.web;

import dev.wonflow.sandbox.billing.BillingKey;
import dev.wonflow.sandbox.billing.CardDetails;
import dev.wonflow.sandbox.billing.ChargeBillingKey;
import dev.wonflow.sandbox.billing.DeleteBillingKey;
import dev.wonflow.sandbox.billing.IssueBillingKey;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.exchange.web.JsonBody;
import dev.wonflow.sandbox.order.OrderFormat;
import dev.wonflow.sandbox.payment.AcceptPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.web.PaymentBody;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import dev.wonflow.sandbox.payment.web.WindowAddress;
import dev.wonflow.sandbox.session.PaymentType;
import dev.wonflow.sandbox.session.Terms;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The billing paths of the Toss API. */
@RestController
@RequestMapping("/v1/billing")
class BillingController {

    private final IssueBillingKey issueBillingKey;
    private final ChargeBillingKey chargeBillingKey;
    private final DeleteBillingKey deleteBillingKey;
    private final OrderFormat format;
    private final BillingJson billingJson;
    private final PaymentJson paymentJson;
    private final JsonMapper json;

    BillingController(
            IssueBillingKey issueBillingKey,
            ChargeBillingKey chargeBillingKey,
            DeleteBillingKey deleteBillingKey,
            OrderFormat format,
            BillingJson billingJson,
            PaymentJson paymentJson,
            JsonMapper json) {
        this.issueBillingKey = issueBillingKey;
        this.chargeBillingKey = chargeBillingKey;
        this.deleteBillingKey = deleteBillingKey;
        this.format = format;
        this.billingJson = billingJson;
        this.paymentJson = paymentJson;
        this.json = json;
    }

    @PostMapping("/authorizations/issue")
    ResponseEntity<byte[]> byAuthKey(
            HttpServletRequest request, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) throws IOException {
        JsonBody body = JsonBody.of(request, json);
        BillingKey issued = issueBillingKey.byAuthKey(exchange.keys(), body.text("authKey"), body.text("customerKey"));
        return issued(issued, exchange);
    }

    @PostMapping("/authorizations/card")
    ResponseEntity<byte[]> byCard(HttpServletRequest request, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        JsonBody body = JsonBody.of(request, json);
        String customerKey = body.text("customerKey");
        PaymentBody.checkUnused(body);
        CardDetails card = new CardDetails(
                body.text("cardNumber"),
                body.text("cardExpirationYear"),
                body.text("cardExpirationMonth"),
                body.text("customerIdentityNumber"),
                body.optionalText("cardPassword").orElse(null));
        format.checkBuyer(PaymentBody.buyer(body));
        return issued(issueBillingKey.byCard(exchange.keys(), customerKey, card), exchange);
    }

    private ResponseEntity<byte[]> issued(BillingKey issued, Exchange exchange) {
        exchange.hadEffect();
        return answer(billingJson.write(issued, exchange.keys().apiVersion(), exchange.language()));
    }

    @PostMapping("/{billingKey}")
    ResponseEntity<byte[]> charge(
            @PathVariable String billingKey,
            HttpServletRequest request,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        JsonBody body = JsonBody.of(request, json);
        String orderId = body.text("orderId");
        exchange.isAbout(orderId, null);
        PaymentBody.checkUnused(body);
        Payment payment = chargeBillingKey.charge(
                exchange.keys(),
                billingKey,
                body.text("customerKey"),
                new AcceptPayment.Request(
                        PaymentType.BILLING,
                        orderId,
                        body.text("orderName"),
                        body.won("amount").orElseThrow(() -> new Refused(TossError.INVALID_REQUEST)),
                        body.won("taxFreeAmount").orElse(0L),
                        body.won("taxExemptionAmount").orElse(0L),
                        PaymentBody.buyer(body),
                        Terms.USUAL,
                        body.texts("metadata"),
                        WindowAddress.base()),
                body.number("cardInstallmentPlan", 0));
        exchange.isAbout(orderId, payment.paymentKey());
        exchange.hadEffect();
        return answer(paymentJson.write(payment, exchange.language()));
    }

    /** Answers with no body at all. Seen. */
    @DeleteMapping("/{billingKey}")
    ResponseEntity<Void> delete(
            @PathVariable String billingKey, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        if (deleteBillingKey.delete(exchange.keys().merchant(), billingKey)) {
            exchange.hadEffect();
        }
        return ResponseEntity.ok().build();
    }

    private static ResponseEntity<byte[]> answer(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
