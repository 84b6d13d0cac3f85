package dev.wonflow.payment.gateway.toss;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.WebhookSecret;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayAccount;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.Remittance;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Reads Toss's payment object. Fields and values Toss adds later are passed over; what decides about money must be
 * there and make sense.
 */
final class TossPaymentJson {

    private static final Logger log = LoggerFactory.getLogger(TossPaymentJson.class);

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private static final int MAX_METHOD = 100;
    private static final int MAX_REFERENCE = 200;
    private static final int MAX_BANK = 30;
    private static final int MAX_ACCOUNT_NUMBER = 20;
    private static final int MAX_HOLDER = 100;

    private TossPaymentJson() {}

    /** Empty if the document is no payment, or one whose sums make no sense. */
    static Optional<GatewayFinding.Seen> read(JsonNode payment) {
        try {
            return Optional.of(seen(payment));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException _) {
            return Optional.empty();
        }
    }

    /** What an answer to a question about a payment says. */
    static GatewayFinding finding(TossCalls.Answer answer) {
        return switch (answer) {
            case TossCalls.Answer.Success(JsonNode body) ->
                read(body)
                        .<GatewayFinding>map(seen -> seen)
                        .orElseGet(() -> new GatewayFinding.Unclear("UNCLEAR_ANSWER"));
            case TossCalls.Answer.Refusal(TossError error) -> error.finding();
            case TossCalls.Answer.TooMany(TossError error) -> error.finding();
            case TossCalls.Answer.None(String cause) -> new GatewayFinding.Unclear(cause);
        };
    }

    private static GatewayFinding.Seen seen(JsonNode payment) {
        String secret = optional(payment, "secret", MAX_REFERENCE);
        String currency = required(payment, "currency");
        Money total = amount(payment, "totalAmount", currency);
        GatewayPayment gatewayPayment = new GatewayPayment(
                new OrderId(required(payment, "orderId")),
                new PaymentKey(required(payment, "paymentKey")),
                total,
                amount(payment, "balanceAmount", currency),
                currency,
                optional(payment, "method", MAX_METHOD),
                instant(payment, "approvedAt"),
                instant(payment.path("virtualAccount"), "dueDate"),
                payment.path("virtualAccount").path("expired").asBoolean(false),
                secret == null ? null : new WebhookSecret(secret),
                optional(payment, "lastTransactionKey", MAX_REFERENCE),
                account(payment.path("virtualAccount")),
                cancels(payment.path("cancels"), currency, total),
                taxFree(payment, currency),
                TossReceiptJson.ofPayment(payment));
        if (gatewayPayment.amount().isLessThan(gatewayPayment.balance())) {
            throw new IllegalArgumentException("balanceAmount: " + gatewayPayment.balance() + " (expected: at most "
                    + gatewayPayment.amount() + ")");
        }
        return new GatewayFinding.Seen(
                state(required(payment, "status")), gatewayPayment, failure(payment.path("failure")));
    }

    /** Decides about no money, so that one that cannot be read hides nothing else. */
    private static @Nullable GatewayAccount account(JsonNode account) {
        String bank = optional(account, "bankCode", MAX_BANK);
        String number = optional(account, "accountNumber", MAX_ACCOUNT_NUMBER);
        return bank == null || number == null
                ? null
                : new GatewayAccount(
                        bank,
                        number,
                        optional(account, "customerName", MAX_HOLDER),
                        remittance(optional(account, "refundStatus", MAX_REFERENCE)));
    }

    private static @Nullable Remittance remittance(@Nullable String refundStatus) {
        return switch (refundStatus) {
            case "NONE" -> Remittance.NONE;
            case "PENDING" -> Remittance.PENDING;
            case "FAILED" -> Remittance.FAILED;
            case "PARTIAL_FAILED" -> Remittance.PARTIAL_FAILED;
            case "COMPLETED" -> Remittance.COMPLETED;
            // What Toss may add says nothing to us.
            case null, default -> null;
        };
    }

    /** It decides about no money, and need not be there. */
    private static Money taxFree(JsonNode payment, String currency) {
        return payment.path("taxFreeAmount").isNumber() ? amount(payment, "taxFreeAmount", currency) : Money.ZERO;
    }

    /** One that makes no sense is left out, which shows: the others do not add up. */
    private static List<GatewayCancel> cancels(JsonNode cancels, String currency, Money total) {
        List<GatewayCancel> read = new ArrayList<>();
        for (JsonNode cancel : cancels) {
            try {
                read.add(cancel(cancel, currency, total));
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                log.warn("A cancel that Toss tells of cannot be read: {}", e.getMessage());
            }
        }
        return read;
    }

    private static GatewayCancel cancel(JsonNode cancel, String currency, Money total) {
        Money amount = amount(cancel, "cancelAmount", currency);
        if (amount.isZero() || total.isLessThan(amount)) {
            throw new IllegalArgumentException("cancelAmount: " + amount + " (expected: 1 to " + total + ")");
        }
        return new GatewayCancel(
                Text.require("transactionKey", required(cancel, "transactionKey"), MAX_REFERENCE),
                amount,
                amount(cancel, "refundableAmount", currency),
                cancelState(required(cancel, "cancelStatus")),
                optional(cancel, "cancelReason", MAX_REFERENCE),
                instant(cancel, "canceledAt"));
    }

    private static GatewayCancel.State cancelState(String status) {
        return switch (status) {
            case "DONE" -> GatewayCancel.State.DONE;
            case "ABORTED" -> GatewayCancel.State.ABORTED;
            // What Toss may add is no end.
            default -> GatewayCancel.State.IN_PROGRESS;
        };
    }

    private static GatewayFinding.State state(String status) {
        return switch (status) {
            case "READY" -> GatewayFinding.State.READY;
            case "IN_PROGRESS" -> GatewayFinding.State.IN_PROGRESS;
            case "WAITING_FOR_DEPOSIT" -> GatewayFinding.State.WAITING_FOR_DEPOSIT;
            case "DONE" -> GatewayFinding.State.DONE;
            case "CANCELED" -> GatewayFinding.State.CANCELED;
            case "PARTIAL_CANCELED" -> GatewayFinding.State.PARTIAL_CANCELED;
            case "ABORTED" -> GatewayFinding.State.ABORTED;
            case "EXPIRED" -> GatewayFinding.State.EXPIRED;
            default -> GatewayFinding.State.UNLISTED;
        };
    }

    private static @Nullable Failure failure(JsonNode failure) {
        JsonNode code = failure.path("code");
        JsonNode message = failure.path("message");
        return code.isString() && !code.stringValue().isBlank()
                ? new Failure(code.stringValue(), message.isString() ? message.stringValue() : null)
                : null;
    }

    /**
     * Toss's amounts are JSON numbers that may carry a fraction; of won there is none. A sum in another currency is
     * never ours and only has to be readable, so that what Toss says of the payment is: a part of it counts as whole.
     */
    static Money amount(JsonNode payment, String field, String currency) {
        JsonNode value = payment.path(field);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(field + ": no number (expected: an amount)");
        }
        BigDecimal sum = value.decimalValue();
        return Money.ofWon((currency.equals(Money.CURRENCY) ? sum : sum.setScale(0, RoundingMode.UP)).longValueExact());
    }

    static String required(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new IllegalArgumentException(field + ": missing (expected: text)");
        }
        return value.stringValue();
    }

    static @Nullable String optional(JsonNode node, String field, int maxLength) {
        JsonNode value = node.path(field);
        if (!value.isString() || value.stringValue().isBlank()) {
            return null;
        }
        return Text.isFit(value.stringValue(), maxLength) ? value.stringValue() : null;
    }

    /** The form Toss takes a due date in: Seoul's, to the second, without an offset. */
    static String dueDate(Instant dueAt) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")
                .withZone(SEOUL)
                .format(dueAt);
    }

    /** Toss writes most times with an offset and some without; the latter are Seoul's. */
    static @Nullable Instant instant(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isString() || value.stringValue().isBlank()) {
            return null;
        }
        TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                value.stringValue(), OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime withOffset
                ? withOffset.toInstant()
                : LocalDateTime.from(time).atZone(SEOUL).toInstant();
    }
}
