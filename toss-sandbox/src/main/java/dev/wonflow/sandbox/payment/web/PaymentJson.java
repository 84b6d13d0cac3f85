package dev.wonflow.sandbox.payment.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.payment.Acceptance;
import dev.wonflow.sandbox.payment.Amounts;
import dev.wonflow.sandbox.payment.Instrument;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentMethod;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.payment.Session;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a payment as Toss does: every field always, unused ones null, amounts as numbers, times with {@code +09:00}.
 */
@Component
public class PaymentJson {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final Clock clock;
    /** Its own mapper: the order and the nulls of this JSON are not to follow the application's settings. */
    private final JsonMapper json = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    PaymentJson(Clock clock) {
        this.clock = clock;
    }

    /** The payment in UTF-8, its words Korean unless English is asked for. */
    public byte[] write(Payment payment, Locale locale) {
        return json.writeValueAsBytes(view(payment, locale));
    }

    /** The payment as a tree to be put into something larger; write it with {@link #writeEnvelope}. */
    public Object view(Payment payment) {
        return view(payment, Locale.KOREAN);
    }

    /** Writes what a view was put into, fields in the order they were put. */
    public byte[] writeEnvelope(Map<String, ?> envelope) {
        return json.writeValueAsBytes(envelope);
    }

    private PaymentView view(Payment payment, Locale locale) {
        Session session = payment.session();
        Amounts amounts = payment.amounts();
        Acceptance acceptance = payment.acceptance();
        PaymentMethod method = payment.method();
        TossError failure = payment.failure();
        boolean expired = payment.status() == PaymentStatus.EXPIRED;
        return new PaymentView(
                session.openedWith().merchant().mId(),
                session.openedWith().merchant().apiVersion(),
                acceptance == null ? null : acceptance.transactionKey(),
                acceptance == null ? null : acceptance.transactionKey(),
                session.paymentKey(),
                session.orderId(),
                session.orderName(),
                0,
                payment.status().name(),
                time(session.requestedAt()),
                acceptance == null ? null : time(acceptance.approvedAt()),
                expired ? null : false,
                false,
                card(payment, locale),
                virtualAccount(payment, locale),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                acceptance == null ? null : acceptance.secret(),
                "NORMAL",
                null,
                expired ? null : 0L,
                expired ? null : 0L,
                "KR",
                failure == null ? null : new FailureView(failure.name(), failure.message(locale)),
                true,
                acceptance == null ? null : new UrlView(receiptUrl(session.paymentKey())),
                new UrlView(session.checkoutUrl()),
                "KRW",
                amounts.totalWon(),
                amounts.balanceWon(),
                amounts.suppliedWon(),
                amounts.vatWon(),
                amounts.taxFreeWon(),
                null,
                method == null ? null : method.label(locale));
    }

    private static @Nullable CardView card(Payment payment, Locale locale) {
        if (payment.instrument() instanceof Instrument.Card card) {
            return new CardView(
                    card.issuerCode(),
                    card.acquirerCode(),
                    card.number(),
                    0,
                    false,
                    null,
                    card.approveNo(),
                    false,
                    word(locale, "신용", "CREDIT"),
                    word(locale, "개인", "PERSONAL"),
                    "READY",
                    payment.amounts().totalWon());
        }
        return null;
    }

    private @Nullable VirtualAccountView virtualAccount(Payment payment, Locale locale) {
        if (payment.instrument() instanceof Instrument.VirtualAccount account) {
            return new VirtualAccountView(
                    account.accountNumber(),
                    word(locale, "일반", "NORMAL"),
                    account.bankCode(),
                    account.customerName(),
                    account.depositorName(),
                    time(account.dueAt()),
                    account.isExpired(clock.instant()),
                    "INCOMPLETED",
                    "NONE",
                    null);
        }
        return null;
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : TIME.format(instant);
    }

    private static String word(Locale locale, String korean, String english) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : korean;
    }

    private static String receiptUrl(String paymentKey) {
        return "https://dashboard.tosspayments.com/receipt/redirection?transactionId=" + paymentKey + "&ref=PX";
    }

    /** The Payment object; what the sandbox does not offer yet is there and null. */
    private record PaymentView(
            String mId,
            String version,
            @Nullable String lastTransactionKey,
            @Nullable String transactionKey,
            String paymentKey,
            String orderId,
            String orderName,
            long taxExemptionAmount,
            String status,
            @Nullable String requestedAt,
            @Nullable String approvedAt,
            @Nullable Boolean useEscrow,
            boolean cultureExpense,
            @Nullable CardView card,
            @Nullable VirtualAccountView virtualAccount,
            @Nullable Object transfer,
            @Nullable Object mobilePhone,
            @Nullable Object giftCertificate,
            @Nullable Object cashReceipt,
            @Nullable List<Object> cashReceipts,
            @Nullable Object discount,
            @Nullable List<Object> cancels,
            @Nullable String secret,
            String type,
            @Nullable Object easyPay,
            // An expired payment was seen without these two.
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
            long totalAmount,
            long balanceAmount,
            long suppliedAmount,
            long vat,
            long taxFreeAmount,
            @Nullable Map<String, String> metadata,
            @Nullable String method) {}

    private record CardView(
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
            long amount) {}

    private record VirtualAccountView(
            String accountNumber,
            String accountType,
            String bankCode,
            String customerName,
            @Nullable String depositorName,
            @Nullable String dueDate,
            boolean expired,
            String settlementStatus,
            String refundStatus,
            @Nullable Object refundReceiveAccount) {}

    private record FailureView(String code, String message) {}

    private record UrlView(String url) {}
}
