package dev.wonflow.sandbox.sdk.web;

import dev.wonflow.sandbox.billing.AuthorizeBilling;
import dev.wonflow.sandbox.billing.BillingAuthorization;
import dev.wonflow.sandbox.billing.BillingMethod;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchants;
import dev.wonflow.sandbox.payment.Buyer;
import dev.wonflow.sandbox.payment.OpenPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentMethod;
import dev.wonflow.sandbox.payment.Terms;
import dev.wonflow.sandbox.sdk.Opening;
import dev.wonflow.sandbox.sdk.Openings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * What the script asks for, from a page of any shop. The client key in the body is all the proof there is: it is
 * public, and good for nothing but opening windows.
 */
@RestController
@RequestMapping("/sdk")
@CrossOrigin(
        origins = "*",
        methods = RequestMethod.POST,
        allowedHeaders = {HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT_LANGUAGE})
class SdkController {

    private final Merchants merchants;
    private final OpenPayment openPayment;
    private final AuthorizeBilling authorizeBilling;
    private final Openings openings;

    SdkController(Merchants merchants, OpenPayment openPayment, AuthorizeBilling authorizeBilling, Openings openings) {
        this.merchants = merchants;
        this.openPayment = openPayment;
        this.authorizeBilling = authorizeBilling;
        this.openings = openings;
    }

    /** An order as the script sends it. */
    record PaymentRequest(
            @Nullable String clientKey,
            @Nullable String method,
            @Nullable String currency,
            @Nullable Long amount,
            @Nullable String orderId,
            @Nullable String orderName,
            @Nullable String successUrl,
            @Nullable String failUrl,
            @Nullable String customerName,
            @Nullable Long taxFreeAmount,
            @Nullable String windowTarget,
            @Nullable String language,
            @Nullable String easyPay,
            @Nullable Card card) {

        record Card(
                @Nullable String cardCompany,
                @Nullable String easyPay,
                @Nullable String flowMode,
                @Nullable Integer cardInstallmentPlan,
                @Nullable Integer maxCardInstallmentPlan) {}
    }

    /** Where the window is. */
    record Opened(String windowUrl) {}

    @PostMapping("/payments")
    Opened openPayment(
            @RequestBody PaymentRequest request,
            @RequestHeader(name = HttpHeaders.ORIGIN, required = false) @Nullable String origin) {
        KeyPair keys = merchant(request.clientKey());
        if (!"KRW".equals(request.currency())) {
            throw new Refused(TossError.INVALID_CURRENCY);
        }
        boolean promise = request.successUrl() == null && request.failUrl() == null;
        String base = base();
        String nowhere = base + "/sdk/finished";
        Payment payment = openPayment.open(
                keys,
                new OpenPayment.Request(
                        required(request.orderId()),
                        required(request.orderName()),
                        PaymentMethod.named(required(request.method()))
                                .orElseThrow(() -> new Refused(TossError.NOT_SUPPORTED_METHOD)),
                        Optional.ofNullable(request.amount()).orElseThrow(() -> new Refused(TossError.REQUIRED_AMOUNT)),
                        Optional.ofNullable(request.taxFreeAmount()).orElse(0L),
                        0,
                        Buyer.named(request.customerName()),
                        Terms.USUAL,
                        null,
                        promise
                                ? nowhere
                                : Optional.ofNullable(request.successUrl()).orElse(""),
                        promise
                                ? nowhere
                                : Optional.ofNullable(request.failUrl()).orElse(""),
                        base + "/window/"));
        openings.add(new Opening(
                payment.paymentKey(), shop(origin), frame(request.windowTarget()), promise, cardTerms(request)));
        return new Opened(inLanguage(payment.session().checkoutUrl(), request.language()));
    }

    /** A billing authorisation as the script sends it. */
    record BillingRequest(
            @Nullable String clientKey,
            @Nullable String customerKey,
            @Nullable String method,
            @Nullable String successUrl,
            @Nullable String failUrl,
            @Nullable String windowTarget) {}

    @PostMapping("/billing-authorizations")
    Opened openBillingAuthorization(
            @RequestBody BillingRequest request,
            @RequestHeader(name = HttpHeaders.ORIGIN, required = false) @Nullable String origin) {
        BillingAuthorization visit = authorizeBilling.start(
                required(request.clientKey()),
                new AuthorizeBilling.Request(
                        required(request.customerKey()),
                        BillingMethod.named(required(request.method()))
                                .orElseThrow(() -> new Refused(TossError.NOT_SUPPORTED_METHOD)),
                        Optional.ofNullable(request.successUrl()).orElse(""),
                        Optional.ofNullable(request.failUrl()).orElse("")));
        openings.add(
                new Opening(visit.id(), shop(origin), frame(request.windowTarget()), false, Opening.CardTerms.OPEN));
        return new Opened(base() + "/billing-window/" + visit.id());
    }

    private KeyPair merchant(@Nullable String clientKey) {
        return Optional.ofNullable(clientKey)
                .flatMap(merchants::withClientKey)
                .orElseThrow(() -> new Refused(TossError.INVALID_CLIENT_KEY));
    }

    private static String required(@Nullable String text) {
        if (text == null) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return text;
    }

    private static @Nullable String shop(@Nullable String origin) {
        return Origin.isOne(origin) ? origin : null;
    }

    private static Opening.Frame frame(@Nullable String windowTarget) {
        return "iframe".equals(windowTarget) ? Opening.Frame.IFRAME : Opening.Frame.SELF;
    }

    private static Opening.CardTerms cardTerms(PaymentRequest request) {
        PaymentRequest.Card card = request.card();
        if (card == null) {
            return new Opening.CardTerms(null, request.easyPay(), null, null);
        }
        // Outside the direct flow the shop's easy-pay provider is ignored, as is documented.
        String direct = "DIRECT".equals(card.flowMode()) ? card.easyPay() : null;
        return new Opening.CardTerms(
                card.cardCompany(),
                request.easyPay() == null ? direct : request.easyPay(),
                card.cardInstallmentPlan(),
                card.maxCardInstallmentPlan());
    }

    /** The language the shop asks for; the sandbox speaks Korean and English, so English stands in for the others. */
    private static String inLanguage(String address, @Nullable String language) {
        return language == null ? address : address + "?lang=" + (language.equals("KO") ? "ko" : "en");
    }

    /** Where the script reached us; the window is there too. */
    private static String base() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    }
}
