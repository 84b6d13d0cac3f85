package dev.wonflow.sandbox.sdk.web;

import dev.wonflow.sandbox.billing.AuthorizeBilling;
import dev.wonflow.sandbox.billing.BillingAuthorization;
import dev.wonflow.sandbox.billing.BillingMethod;
import dev.wonflow.sandbox.card.FreeInstallments;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.instrument.RefundAccount;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchants;
import dev.wonflow.sandbox.order.Buyer;
import dev.wonflow.sandbox.payment.OpenPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.promotion.Promotions;
import dev.wonflow.sandbox.receipt.CashReceiptRequest;
import dev.wonflow.sandbox.receipt.CashReceiptType;
import dev.wonflow.sandbox.sdk.Offers;
import dev.wonflow.sandbox.sdk.Opening;
import dev.wonflow.sandbox.sdk.Openings;
import dev.wonflow.sandbox.sdk.ProviderHealth;
import dev.wonflow.sandbox.sdk.Widget;
import dev.wonflow.sandbox.session.Overseas;
import dev.wonflow.sandbox.session.Terms;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** How long a virtual account can take a deposit at most. */
    private static final Duration LONGEST_DEPOSIT = Duration.ofDays(90);

    private final Merchants merchants;
    private final OpenPayment openPayment;
    private final AuthorizeBilling authorizeBilling;
    private final Openings openings;
    private final Promotions promotions;
    private final Widget widget;
    private final ProviderHealth health;
    private final Clock clock;

    SdkController(
            Merchants merchants,
            OpenPayment openPayment,
            AuthorizeBilling authorizeBilling,
            Openings openings,
            Promotions promotions,
            Widget widget,
            ProviderHealth health,
            Clock clock) {
        this.merchants = merchants;
        this.openPayment = openPayment;
        this.authorizeBilling = authorizeBilling;
        this.openings = openings;
        this.promotions = promotions;
        this.widget = widget;
        this.health = health;
        this.clock = clock;
    }

    /** An order as the script sends it. */
    record PaymentRequest(
            @Nullable String clientKey,
            @Nullable String method,
            @Nullable String currency,
            @Nullable BigDecimal amount,
            @Nullable String orderId,
            @Nullable String orderName,
            @Nullable String successUrl,
            @Nullable String failUrl,
            @Nullable String customerKey,
            @Nullable String customerName,
            @Nullable String customerEmail,
            @Nullable String customerMobilePhone,
            @Nullable BigDecimal taxFreeAmount,
            @Nullable Map<String, String> metadata,
            @Nullable String windowTarget,
            @Nullable String language,
            @Nullable String easyPay,
            @Nullable Card card,
            @Nullable Account virtualAccount,
            @Nullable Account transfer,
            @Nullable ForeignEasyPay foreignEasyPay) {

        record Card(
                @Nullable String cardCompany,
                @Nullable String easyPay,
                @Nullable String flowMode,
                @Nullable Integer cardInstallmentPlan,
                @Nullable Integer maxCardInstallmentPlan,
                @Nullable List<FreePlan> freeInstallmentPlans,
                @Nullable String discountCode,
                @Nullable Boolean useAppCardOnly,
                @Nullable Boolean useInternationalCardOnly,
                @Nullable Boolean useEscrow,
                @Nullable Long taxExemptionAmount) {}

        record FreePlan(@Nullable String company, @Nullable List<Integer> months) {}

        /** What a shop can say of a virtual account or a transfer. */
        record Account(
                @Nullable Integer validHours,
                @Nullable String dueDate,
                @Nullable Boolean useEscrow,
                @Nullable Boolean isCulturalExpenses,
                @Nullable Long taxExemptionAmount,
                @Nullable CashReceipt cashReceipt,
                @Nullable RefundTo refundReceiveAccount) {}

        /** What of overseas easy pay matters here; products and shipping are for the eyes of the provider. */
        record ForeignEasyPay(
                @Nullable String provider, @Nullable String country) {}

        record CashReceipt(@Nullable String type, @Nullable String registrationNumber) {}

        record RefundTo(
                @Nullable String bankCode,
                @Nullable String accountNumber,
                @Nullable String holderName) {}

        /** What was said of the method asked for; what is said of others does not matter. */
        @Nullable
        Account account(PaymentMethod by) {
            return by == PaymentMethod.VIRTUAL_ACCOUNT
                    ? virtualAccount
                    : by == PaymentMethod.TRANSFER ? transfer : null;
        }
    }

    /** Where the window is. */
    record Opened(String windowUrl) {}

    @PostMapping("/payments")
    Opened openPayment(
            @RequestBody PaymentRequest request,
            @RequestHeader(name = HttpHeaders.ORIGIN, required = false) @Nullable String origin) {
        KeyPair keys = merchant(request.clientKey());
        PaymentMethod method = PaymentMethod.named(required(request.method()))
                .orElseThrow(() -> new Refused(TossError.NOT_SUPPORTED_METHOD));
        Overseas overseas = overseas(request, method);
        Currency currency = overseas == null ? Currency.KRW : overseas.currency();
        long amountMinor = Optional.ofNullable(request.amount())
                .map(amount -> units(currency, amount))
                .orElseThrow(() -> new Refused(TossError.REQUIRED_AMOUNT));
        Opening.CardTerms cardTerms = cardTerms(request, amountMinor);
        if (keys.isOfWidget()) {
            widget.check(method, cardTerms.easyPay(), amountMinor);
            health.check(cardTerms.company(), cardTerms.easyPay(), TossError.PROVIDER_STATUS_UNHEALTHY);
        }
        boolean promise = request.successUrl() == null && request.failUrl() == null;
        String base = base();
        String nowhere = base + "/sdk/finished";
        Payment payment = openPayment.open(
                keys,
                new OpenPayment.Request(
                        required(request.orderId()),
                        required(request.orderName()),
                        method,
                        amountMinor,
                        Optional.ofNullable(request.taxFreeAmount())
                                .map(amount -> units(currency, amount))
                                .orElse(0L),
                        taxExemptionMinor(request, method),
                        new Buyer(
                                request.customerKey(),
                                request.customerName(),
                                request.customerEmail(),
                                request.customerMobilePhone()),
                        terms(request, method),
                        overseas,
                        request.metadata(),
                        promise ? nowhere : Objects.requireNonNullElse(request.successUrl(), ""),
                        promise ? nowhere : Objects.requireNonNullElse(request.failUrl(), ""),
                        base + "/window/"));
        openings.add(new Opening(
                payment.paymentKey(),
                shop(origin),
                frame(request.windowTarget()),
                promise,
                cardTerms,
                refundAccount(request)));
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
        openings.add(new Opening(
                visit.id(), shop(origin), frame(request.windowTarget()), false, Opening.CardTerms.OPEN, null));
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

    private static @Nullable Overseas overseas(PaymentRequest request, PaymentMethod method) {
        PaymentRequest.ForeignEasyPay said = request.foreignEasyPay();
        return Overseas.of(
                method,
                required(request.currency()),
                said == null ? null : said.provider(),
                said == null ? null : said.country());
    }

    /** What a script says is not to be trusted: an amount can be no amount, or as long as a book. */
    static long units(Currency in, BigDecimal amount) {
        try {
            return in.units(amount);
        } catch (ArithmeticException _) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }

    private Opening.CardTerms cardTerms(PaymentRequest request, long amountMinor) {
        PaymentRequest.Card card = request.card();
        if (card == null) {
            return new Opening.CardTerms(null, easyPay(request.easyPay()), null, null, 0, null);
        }
        // Outside the direct flow the shop's easy-pay provider is ignored, as is documented.
        boolean isDirect = "DIRECT".equals(card.flowMode());
        String direct = isDirect ? card.easyPay() : null;
        CardCompany company = card.cardCompany() == null
                ? null
                : CardCompany.named(card.cardCompany()).orElseThrow(() -> new Refused(TossError.INVALID_CARD_COMPANY));
        String discountCode = isDirect ? card.discountCode() : null;
        return new Opening.CardTerms(
                company,
                easyPay(request.easyPay() == null ? direct : request.easyPay()),
                card.cardInstallmentPlan(),
                card.maxCardInstallmentPlan(),
                discountCode == null || company == null
                        ? 0
                        : promotions.discountOf(discountCode, company.code(), amountMinor),
                Boolean.TRUE.equals(card.useInternationalCardOnly())
                        ? Offers.Only.INTERNATIONAL_CARDS
                        : Boolean.TRUE.equals(card.useAppCardOnly()) ? Offers.Only.APP_CARDS : null);
    }

    private static @Nullable RefundAccount refundAccount(PaymentRequest request) {
        PaymentRequest.Account account = request.virtualAccount();
        PaymentRequest.RefundTo to = account == null ? null : account.refundReceiveAccount();
        return to == null ? null : RefundAccount.of(to.bankCode(), to.accountNumber(), to.holderName());
    }

    private static @Nullable EasyPayProvider easyPay(@Nullable String name) {
        return name == null
                ? null
                : EasyPayProvider.named(name)
                        .filter(provider -> !provider.isOverseas())
                        .orElseThrow(() -> new Refused(TossError.INVALID_EASY_PAY));
    }

    private static long taxExemptionMinor(PaymentRequest request, PaymentMethod method) {
        PaymentRequest.Account account = request.account(method);
        Long won = account != null
                ? account.taxExemptionAmount()
                : method == PaymentMethod.CARD && request.card() != null
                        ? request.card().taxExemptionAmount()
                        : null;
        return Objects.requireNonNullElse(won, 0L);
    }

    private Terms terms(PaymentRequest request, PaymentMethod method) {
        PaymentRequest.Account account = request.account(method);
        if (account == null) {
            boolean escrow = method == PaymentMethod.CARD
                    && request.card() != null
                    && Boolean.TRUE.equals(request.card().useEscrow());
            return new Terms(escrow, false, null, null, null, freeInstallments(request));
        }
        Integer hours = account.validHours();
        return new Terms(
                Boolean.TRUE.equals(account.useEscrow()),
                Boolean.TRUE.equals(account.isCulturalExpenses()),
                hours == null ? null : validFor(hours),
                account.dueDate() == null ? null : due(account.dueDate()),
                cashReceipt(account.cashReceipt()),
                FreeInstallments.NONE);
    }

    private static FreeInstallments freeInstallments(PaymentRequest request) {
        if (request.card() == null || request.card().freeInstallmentPlans() == null) {
            return FreeInstallments.NONE;
        }
        return new FreeInstallments(
                false,
                request.card().freeInstallmentPlans().stream()
                        .map(plan -> new FreeInstallments.Plan(
                                CardCompany.named(required(plan.company()))
                                        .orElseThrow(() -> new Refused(TossError.INVALID_CARD_COMPANY)),
                                Objects.requireNonNullElse(plan.months(), List.of())))
                        .toList());
    }

    private static Duration validFor(int hours) {
        if (hours < 1) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        if (hours > LONGEST_DEPOSIT.toHours()) {
            throw new Refused(TossError.EXCEED_MAX_DUE_DATE);
        }
        return Duration.ofHours(hours);
    }

    /** A due date is written without a zone, and meant in Seoul. */
    private Instant due(String dueDate) {
        Instant due;
        try {
            due = LocalDateTime.parse(dueDate).atZone(SandboxClock.SEOUL).toInstant();
        } catch (DateTimeException _) {
            throw new Refused(TossError.INVALID_DATE);
        }
        Instant now = clock.instant();
        if (!due.isAfter(now)) {
            throw new Refused(TossError.INVALID_DATE);
        }
        if (due.isAfter(now.plus(LONGEST_DEPOSIT))) {
            throw new Refused(TossError.EXCEED_MAX_DUE_DATE);
        }
        return due;
    }

    private static @Nullable CashReceiptRequest cashReceipt(PaymentRequest.@Nullable CashReceipt receipt) {
        if (receipt == null || receipt.type() == null || receipt.type().equals("미발행")) {
            return null;
        }
        return CashReceiptType.named(receipt.type())
                .map(type -> new CashReceiptRequest(type, receipt.registrationNumber()))
                .orElseThrow(() -> new Refused(TossError.INVALID_REGISTRATION_NUMBER_TYPE));
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
