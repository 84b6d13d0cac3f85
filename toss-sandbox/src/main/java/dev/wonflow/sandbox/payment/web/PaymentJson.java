package dev.wonflow.sandbox.payment.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wonflow.sandbox.acquisition.AcquireStatus;
import dev.wonflow.sandbox.acquisition.Acquisitions;
import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.instrument.RefundAccount;
import dev.wonflow.sandbox.merchant.ApiVersion;
import dev.wonflow.sandbox.payment.Acceptance;
import dev.wonflow.sandbox.payment.Amounts;
import dev.wonflow.sandbox.payment.Cancel;
import dev.wonflow.sandbox.payment.CancelStatus;
import dev.wonflow.sandbox.payment.PaidOut;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.receipt.IssuedCashReceipt;
import dev.wonflow.sandbox.receipt.NtsFailure;
import dev.wonflow.sandbox.receipt.TaxOffice;
import dev.wonflow.sandbox.receipt.web.ReceiptAddress;
import dev.wonflow.sandbox.session.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes a payment as Toss does: every field always, unused ones null, amounts as numbers, times with {@code +09:00};
 * in the version of the API the keys of the payment speak.
 */
@Component
public class PaymentJson {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(SandboxClock.SEOUL);
    private static final DateTimeFormatter TIME_WITHOUT_OFFSET =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(SandboxClock.SEOUL);

    /** The account the buyer named is shown for as long as the window was open. */
    private static final Duration REFUND_ACCOUNT_SHOWN = Duration.ofMinutes(30);

    /** Business that issues cash receipts with a test key, as it was seen where they are issued on their own. */
    private static final String NOBODY = "";

    private static final String UNKNOWN_VALUE = "SIMULATOR_UNKNOWN";

    private final PaymentJsonSettings settings;
    private final Assumptions assumptions;
    private final Acquisitions acquisitions;
    private final PaidOut paidOut;
    private final TaxOffice taxOffice;
    private final Clock clock;
    /** Its own mapper: the order and the nulls of this JSON are not to follow the application's settings. */
    private final JsonMapper json = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    PaymentJson(
            PaymentJsonSettings settings,
            Assumptions assumptions,
            Acquisitions acquisitions,
            PaidOut paidOut,
            TaxOffice taxOffice,
            Clock clock) {
        this.settings = settings;
        this.assumptions = assumptions;
        this.acquisitions = acquisitions;
        this.paidOut = paidOut;
        this.taxOffice = taxOffice;
        this.clock = clock;
    }

    /** The payment in UTF-8, its words Korean unless English is asked for. */
    public byte[] write(Payment payment, Locale locale) {
        return json.writeValueAsBytes(view(payment, locale));
    }

    /** The answer that is the payment. */
    public ResponseEntity<byte[]> answer(Payment payment, Locale locale) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(write(payment, locale));
    }

    /** The payment as a tree to be put into something larger; write it with {@link #writeEnvelope}. */
    public Object view(Payment payment) {
        return view(payment, Locale.KOREAN);
    }

    /** One cancel of a payment as a tree, as {@link #view(Payment)}. */
    public Object cancelView(Payment payment, Cancel cancel) {
        return view(payment, cancel);
    }

    /** Writes what a view was put into, fields in the order they were put. */
    public byte[] writeEnvelope(Map<String, ?> envelope) {
        return json.writeValueAsBytes(envelope);
    }

    private static String receiptUrl(Payment payment, Instrument paidWith) {
        return ReceiptAddress.of(paidWith.method(), payment.paymentKey());
    }

    private AcquireStatus acquireStatus(Payment payment) {
        Acceptance acceptance = payment.acceptance();
        return acquisitions.status(
                acceptance == null ? null : acceptance.approvedAt(),
                payment.cancels().isEmpty() ? null : payment.cancels().getLast().canceledAt(),
                payment.amounts().balanceMinor() == 0);
    }

    private PaymentView view(Payment payment, Locale locale) {
        Session session = payment.session();
        Amounts amounts = payment.amounts();
        Acceptance acceptance = payment.acceptance();
        Instrument instrument = payment.instrument();
        PaymentMethod method = payment.method();
        TossError failure = payment.failure();
        boolean expired = payment.status() == PaymentStatus.EXPIRED;
        // Overseas these were seen empty.
        boolean bare = expired || session.overseas() != null;
        boolean flat = !bare && before(payment, ApiVersion.V2022_11_16);
        Currency in = session.currency();
        Instrument.EasyPay easyPay = instrument instanceof Instrument.EasyPay used ? used : null;
        long moneyMinor = easyPay == null ? 0 : easyPay.moneyMinor();
        long pointsMinor = easyPay == null ? 0 : easyPay.pointsMinor();
        return new PaymentView(
                session.openedWith().merchant().mId(),
                session.openedWith().apiVersion().toString(),
                payment.lastTransactionKey(),
                transactionKey(payment),
                session.paymentKey(),
                session.orderId(),
                session.orderName(),
                in.number(amounts.taxExemptionMinor()),
                payment.status().name(),
                TIME.format(session.requestedAt()),
                acceptance == null ? null : time(acceptance.approvedAt()),
                bare ? null : session.terms().useEscrow(),
                session.terms().cultureExpense() && method != PaymentMethod.CARD,
                card(payment, locale),
                virtualAccount(payment, locale),
                transfer(payment),
                mobilePhone(payment),
                giftCertificate(payment),
                foreignEasyPay(payment, easyPay),
                cashReceipt(payment, locale),
                cashReceipts(payment, locale),
                acceptance == null || acceptance.discountMinor() == 0
                        ? null
                        : new DiscountView(acceptance.discountMinor()),
                payment.cancels().isEmpty() ? null : cancels(payment),
                acceptance == null ? null : acceptance.secret(),
                session.type().name(),
                easyPay == null ? null : easyPay(payment, easyPay),
                flat ? moneyMinor : null,
                flat ? pointsMinor : null,
                session.country(),
                failure == null ? null : new FailureView(failure.name(), failure.message(locale)),
                payment.isPartialCancelable(),
                instrument == null || session.overseas() != null ? null : new UrlView(receiptUrl(payment, instrument)),
                new UrlView(session.checkoutUrl()),
                in.name(),
                in.number(amounts.totalMinor()),
                in.number(amounts.balanceMinor()),
                in.number(amounts.suppliedMinor()),
                in.number(amounts.vatMinor()),
                in.number(amounts.taxFreeMinor()),
                session.metadata(),
                method == null ? null : word(method.label(locale)),
                settings.unknownField() ? true : null);
    }

    /**
     * The older twin of {@code lastTransactionKey}, gone since 2022-11-16; only payments that expired were seen to have
     * it still, and null. Null here leaves it out.
     */
    private static @Nullable JsonNode transactionKey(Payment payment) {
        if (!before(payment, ApiVersion.V2022_11_16)) {
            return payment.status() == PaymentStatus.EXPIRED ? NullNode.getInstance() : null;
        }
        String key = payment.lastTransactionKey();
        return key == null ? NullNode.getInstance() : StringNode.valueOf(key);
    }

    /** An object since 2022-06-08, and a text before. */
    private Object easyPay(Payment payment, Instrument.EasyPay used) {
        String provider = word(used.provider().korean());
        Currency in = payment.session().currency();
        return before(payment, ApiVersion.V2022_06_08)
                ? provider
                : new EasyPayView(provider, in.number(used.moneyMinor()), in.number(used.pointsMinor()));
    }

    /** Easy pay overseas had a member of its own before 2022-06-08. Null here leaves it out. */
    private @Nullable JsonNode foreignEasyPay(Payment payment, Instrument.@Nullable EasyPay used) {
        if (!before(payment, ApiVersion.V2022_06_08)) {
            return null;
        }
        return used == null || payment.session().overseas() == null
                ? NullNode.getInstance()
                : json.createObjectNode().put("provider", word(used.provider().korean()));
    }

    private @Nullable CardView card(Payment payment, Locale locale) {
        return switch (payment.instrument()) {
            case Instrument.Card card -> view(card, payment, null, locale);
            case Instrument.EasyPay easyPay
            when easyPay.card() != null ->
                view(easyPay.card(), payment, easyPay.provider().korean(), locale);
            case null, default -> null;
        };
    }

    private CardView view(Instrument.Card card, Payment payment, @Nullable String provider, Locale locale) {
        return new CardView(
                before(payment, ApiVersion.V2022_11_16) ? card.face().issuer().korean() : null,
                card.face().issuer().code(),
                card.face().acquirer().code(),
                card.face().number(),
                card.installmentMonths(),
                card.isInterestFree(),
                card.interestPayer() == null ? null : word(card.interestPayer().name()),
                card.approveNo(),
                card.pointsUsed(),
                word(card.face().type().label(locale)),
                word(card.face().owner().label(locale)),
                word(acquireStatus(payment).name()),
                before(payment, ApiVersion.V2022_11_16)
                        ? ReceiptAddress.of(PaymentMethod.CARD, payment.paymentKey())
                        : null,
                before(payment, ApiVersion.V2022_06_08) ? provider : null,
                card.amountMinor());
    }

    private @Nullable VirtualAccountView virtualAccount(Payment payment, Locale locale) {
        if (payment.instrument() instanceof Instrument.VirtualAccount account) {
            Instant now = clock.instant();
            boolean inWindow = now.isBefore(payment.session().requestedAt().plus(REFUND_ACCOUNT_SHOWN));
            RefundAccount refundAccount = inWindow ? account.refundAccount() : null;
            return new VirtualAccountView(
                    account.accountNumber(),
                    word(account.fixed() ? word(locale, "고정", "FIXED") : word(locale, "일반", "NORMAL")),
                    bankName(payment, account.bank()),
                    account.bank().code(),
                    account.customerName(),
                    account.depositorName(),
                    (assumptions.dueDateWithOffset() ? TIME : TIME_WITHOUT_OFFSET).format(account.dueAt()),
                    account.isExpired(now),
                    settlementStatus(payment),
                    word(account.refundStatus(now).name()),
                    refundAccount == null
                            ? null
                            : new RefundAccountView(
                                    refundAccount.bank().code(),
                                    refundAccount.accountNumber(),
                                    refundAccount.holderName()));
        }
        return null;
    }

    private @Nullable TransferView transfer(Payment payment) {
        return payment.instrument() instanceof Instrument.Transfer transfer
                ? new TransferView(
                        bankName(payment, transfer.bank()), transfer.bank().code(), settlementStatus(payment))
                : null;
    }

    private @Nullable MobilePhoneView mobilePhone(Payment payment) {
        return payment.instrument() instanceof Instrument.MobilePhone phone
                ? new MobilePhoneView(
                        before(payment, ApiVersion.V2022_06_08) ? phone.carrier() : null,
                        phone.customerMobilePhone(),
                        settlementStatus(payment),
                        receiptUrl(payment, phone))
                : null;
    }

    private @Nullable GiftCertificateView giftCertificate(Payment payment) {
        return payment.instrument() instanceof Instrument.GiftCertificate certificate
                ? new GiftCertificateView(certificate.approveNo(), settlementStatus(payment))
                : null;
    }

    private String settlementStatus(Payment payment) {
        return word(paidOut.isPaidOut(payment) ? "COMPLETED" : "INCOMPLETED");
    }

    private @Nullable CashReceiptView cashReceipt(Payment payment, Locale locale) {
        IssuedCashReceipt receipt = receipt(payment);
        return receipt == null
                ? null
                : new CashReceiptView(
                        word(receipt.type().label(locale)),
                        receipt.receiptKey(),
                        receipt.issueNumber(),
                        cashReceiptUrl(payment),
                        payment.session().amountMinor(),
                        payment.session().taxFreeMinor());
    }

    /** The receipt, and a cancel of it for each cancel of the payment. */
    private @Nullable List<CashReceiptEntryView> cashReceipts(Payment payment, Locale locale) {
        IssuedCashReceipt receipt = receipt(payment);
        if (receipt == null) {
            return null;
        }
        List<CashReceiptEntryView> history = new ArrayList<>();
        history.add(entry(
                payment,
                receipt,
                receipt.receiptKey(),
                "CONFIRM",
                payment.session().amountMinor(),
                payment.session().taxFreeMinor(),
                receipt.requestedAt(),
                locale));
        for (Cancel cancel : payment.cancels()) {
            // Money that may not go back leaves the receipt as it is.
            if (cancel.receiptKey() != null && cancel.status() == CancelStatus.DONE) {
                history.add(entry(
                        payment,
                        receipt,
                        cancel.receiptKey(),
                        "CANCEL",
                        cancel.amountMinor(),
                        cancel.taxFreeMinor(),
                        cancel.canceledAt(),
                        locale));
            }
        }
        return history;
    }

    private CashReceiptEntryView entry(
            Payment payment,
            IssuedCashReceipt receipt,
            String receiptKey,
            String transactionType,
            long amountMinor,
            long taxFreeMinor,
            Instant at,
            Locale locale) {
        TaxOffice.Answer answer = taxOffice.answer(receipt, receiptKey, at);
        NtsFailure refusal = answer.failure();
        return new CashReceiptEntryView(
                receiptKey,
                payment.orderId(),
                payment.session().orderName(),
                word(receipt.type().label(locale)),
                receipt.issueNumber(),
                cashReceiptUrl(payment),
                NOBODY,
                transactionType,
                amountMinor,
                taxFreeMinor,
                word(answer.status().name()),
                refusal == null ? null : new FailureView(TossError.NTS_ERROR.name(), refusal.message(locale)),
                receipt.customerIdentityNumber(),
                TIME.format(at));
    }

    private static @Nullable IssuedCashReceipt receipt(Payment payment) {
        Acceptance acceptance = payment.acceptance();
        return acceptance == null ? null : acceptance.cashReceipt();
    }

    private List<CancelView> cancels(Payment payment) {
        return payment.cancels().stream().map(cancel -> view(payment, cancel)).toList();
    }

    private CancelView view(Payment payment, Cancel cancel) {
        Instrument by = payment.instrument();
        Currency in = payment.session().currency();
        return new CancelView(
                in.number(cancel.amountMinor()),
                cancel.reason(),
                in.number(cancel.taxFreeMinor()),
                in.number(cancel.taxExemptionMinor()),
                in.number(cancel.refundableMinor()),
                by instanceof Instrument.Card ? cancel.discountMinor() : 0,
                by instanceof Instrument.Transfer ? cancel.discountMinor() : 0,
                by instanceof Instrument.EasyPay ? cancel.discountMinor() : 0,
                TIME.format(cancel.canceledAt()),
                cancel.transactionKey(),
                cancel.receiptKey(),
                cancel.status().name(),
                cancel.requestId());
    }

    /** Institutions had their Korean names next to their codes until they were named by codes only. */
    private static @Nullable String bankName(Payment payment, Bank bank) {
        return before(payment, ApiVersion.V2022_11_16) ? bank.korean() : null;
    }

    private static boolean before(Payment payment, ApiVersion version) {
        return !payment.session().openedWith().apiVersion().isAtLeast(version);
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : TIME.format(instant);
    }

    private static String word(Locale locale, String korean, String english) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : korean;
    }

    /** A word of an open list, or one nobody knows. */
    private String word(String known) {
        return settings.unknownValues() ? UNKNOWN_VALUE : known;
    }

    private static String cashReceiptUrl(Payment payment) {
        return ReceiptAddress.ofCash(
                payment.orderId(), payment.session().openedWith().merchant().mId());
    }

    /** The Payment object. */
    private record PaymentView(
            String mId,
            String version,
            @Nullable String lastTransactionKey,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            JsonNode transactionKey,

            String paymentKey,
            String orderId,
            String orderName,
            Number taxExemptionAmount,
            String status,
            String requestedAt,
            @Nullable String approvedAt,
            @Nullable Boolean useEscrow,
            boolean cultureExpense,
            @Nullable CardView card,
            @Nullable VirtualAccountView virtualAccount,
            @Nullable TransferView transfer,
            @Nullable MobilePhoneView mobilePhone,
            @Nullable GiftCertificateView giftCertificate,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            JsonNode foreignEasyPay,

            @Nullable CashReceiptView cashReceipt,
            @Nullable List<CashReceiptEntryView> cashReceipts,
            @Nullable DiscountView discount,
            @Nullable List<CancelView> cancels,
            @Nullable String secret,
            String type,
            @Nullable Object easyPay,
            // An expired payment was seen without these two, and so was any since 2022-11-16.
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long easyPayAmount,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long easyPayDiscountAmount,

            String country,
            @Nullable FailureView failure,
            boolean isPartialCancelable,
            @Nullable UrlView receipt,
            UrlView checkout,
            String currency,
            Number totalAmount,
            Number balanceAmount,
            Number suppliedAmount,
            Number vat,
            Number taxFreeAmount,
            @Nullable Map<String, String> metadata,
            @Nullable String method,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean simulatorExtra) {}

    private record CardView(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String company,

            String issuerCode,
            String acquirerCode,
            String number,
            int installmentPlanMonths,
            boolean isInterestFree,
            @Nullable String interestPayer,
            String approveNo,
            boolean useCardPoint,
            String cardType,
            String ownerType,
            String acquireStatus,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String receiptUrl,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String provider,

            long amount) {}

    private record VirtualAccountView(
            String accountNumber,
            String accountType,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String bank,

            String bankCode,
            String customerName,
            @Nullable String depositorName,
            String dueDate,
            boolean expired,
            String settlementStatus,
            String refundStatus,
            @Nullable RefundAccountView refundReceiveAccount) {}

    private record RefundAccountView(String bankCode, String accountNumber, String holderName) {}

    private record TransferView(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String bank,

            String bankCode,
            String settlementStatus) {}

    private record MobilePhoneView(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String carrier,

            String customerMobilePhone,
            String settlementStatus,
            String receiptUrl) {}

    private record GiftCertificateView(String approveNo, String settlementStatus) {}

    private record EasyPayView(String provider, Number amount, Number discountAmount) {}

    private record CashReceiptView(
            String type, String receiptKey, String issueNumber, String receiptUrl, long amount, long taxFreeAmount) {}

    private record CashReceiptEntryView(
            String receiptKey,
            String orderId,
            String orderName,
            String type,
            String issueNumber,
            String receiptUrl,
            String businessNumber,
            String transactionType,
            long amount,
            long taxFreeAmount,
            String issueStatus,
            @Nullable FailureView failure,
            @Nullable String customerIdentityNumber,
            String requestedAt) {}

    private record DiscountView(long amount) {}

    private record CancelView(
            Number cancelAmount,
            String cancelReason,
            Number taxFreeAmount,
            Number taxExemptionAmount,
            Number refundableAmount,
            long cardDiscountAmount,
            long transferDiscountAmount,
            long easyPayDiscountAmount,
            String canceledAt,
            String transactionKey,
            @Nullable String receiptKey,
            String cancelStatus,
            @Nullable String cancelRequestId) {}

    private record FailureView(String code, String message) {}

    private record UrlView(String url) {}
}
