package dev.wonflow.sandbox.payment.web;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.Exchange;
import dev.wonflow.sandbox.payment.AcceptPayment;
import dev.wonflow.sandbox.payment.CancelPayment;
import dev.wonflow.sandbox.payment.ChargeCard;
import dev.wonflow.sandbox.payment.ConfirmPayment;
import dev.wonflow.sandbox.payment.FindPayment;
import dev.wonflow.sandbox.payment.OpenPayment;
import dev.wonflow.sandbox.payment.Overseas;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentMethod;
import dev.wonflow.sandbox.payment.PaymentType;
import dev.wonflow.sandbox.payment.Terms;
import dev.wonflow.sandbox.sdk.Opening;
import dev.wonflow.sandbox.sdk.Openings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
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

    private final OpenPayment openPayment;
    private final ConfirmPayment confirmPayment;
    private final CancelPayment cancelPayment;
    private final ChargeCard chargeCard;
    private final FindPayment findPayment;
    private final Openings openings;
    private final Assumptions assumptions;
    private final PaymentJson paymentJson;
    private final JsonMapper json;

    PaymentController(
            OpenPayment openPayment,
            ConfirmPayment confirmPayment,
            CancelPayment cancelPayment,
            ChargeCard chargeCard,
            FindPayment findPayment,
            Openings openings,
            Assumptions assumptions,
            PaymentJson paymentJson,
            JsonMapper json) {
        this.openPayment = openPayment;
        this.confirmPayment = confirmPayment;
        this.cancelPayment = cancelPayment;
        this.chargeCard = chargeCard;
        this.findPayment = findPayment;
        this.openings = openings;
        this.assumptions = assumptions;
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
        return answer(payment, exchange);
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
        return answer(confirmed, exchange);
    }

    @PostMapping("/{paymentKey}/cancel")
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
        return answer(payment, exchange);
    }

    @PostMapping("/key-in")
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
        return answer(payment, exchange);
    }

    @GetMapping("/{paymentKey}")
    ResponseEntity<byte[]> byKey(
            @PathVariable String paymentKey, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        exchange.isAbout(null, paymentKey);
        Payment payment = findPayment.byKey(exchange.keys().merchant(), paymentKey);
        exchange.isAbout(payment.orderId(), paymentKey);
        return answer(payment, exchange);
    }

    @GetMapping("/orders/{orderId}")
    ResponseEntity<byte[]> byOrder(
            @PathVariable String orderId, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        exchange.isAbout(orderId, null);
        Payment payment = findPayment.byOrder(exchange.keys().merchant(), orderId);
        exchange.isAbout(orderId, payment.paymentKey());
        return answer(payment, exchange);
    }

    private ResponseEntity<byte[]> answer(Payment payment, Exchange exchange) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(paymentJson.write(payment, exchange.language()));
    }
}
