package dev.wonflow.payment.gateway.toss;

import dev.wonflow.money.Money;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.gateway.ListedReceipt;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Reads Toss's cash receipts. The number of whom they are issued to is passed over, and so is the text of a failure,
 * which may quote it.
 *
 * @see <a href="https://docs.tosspayments.com/reference#현금영수증">Toss on cash receipts</a>
 */
final class TossReceiptJson {

    private static final Logger log = LoggerFactory.getLogger(TossReceiptJson.class);
    private static final int MAX_KEY = 200;
    private static final int MAX_TYPE = 20;
    private static final int MAX_ISSUE_NUMBER = 30;
    private static final int MAX_URL = 1_000;
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");
    private static final Pattern REASON = Pattern.compile("\\[([A-Z0-9]{1,10})]");

    private TossReceiptJson() {}

    /** What a payment says of its receipts; one that makes no sense is left out. */
    static List<GatewayReceipt> ofPayment(JsonNode payment) {
        List<GatewayReceipt> read = new ArrayList<>();
        for (JsonNode receipt : payment.path("cashReceipts")) {
            read(receipt).ifPresent(read::add);
        }
        withoutHistory(payment)
                .filter(only ->
                        read.stream().noneMatch(receipt -> receipt.receiptKey().equals(only.receiptKey())))
                .ifPresent(read::add);
        return read;
    }

    /** Empty if it makes no sense. */
    static Optional<GatewayReceipt> read(JsonNode receipt) {
        return sensible(() -> {
            Instant requestedAt = TossPaymentJson.instant(receipt, "requestedAt");
            if (requestedAt == null) {
                throw new IllegalArgumentException("requestedAt: missing (expected: a time)");
            }
            return receipt(
                    receipt,
                    kind(TossPaymentJson.required(receipt, "transactionType")),
                    status(receipt.path("issueStatus").asString("")),
                    requestedAt);
        });
    }

    /** A receipt that was asked for on its own; empty if it makes no sense. */
    static Optional<ListedReceipt> listed(JsonNode receipt) {
        return read(receipt)
                .map(read -> new ListedReceipt(receipt.path("orderId").asString(""), read));
    }

    /** {@code cashReceipt} of a payment, which has neither a time nor a state. */
    private static Optional<GatewayReceipt> withoutHistory(JsonNode payment) {
        Instant approvedAt = TossPaymentJson.instant(payment, "approvedAt");
        JsonNode only = payment.path("cashReceipt");
        return approvedAt == null || !only.isObject()
                ? Optional.empty()
                : sensible(() -> receipt(only, GatewayReceipt.Kind.CONFIRM, null, approvedAt));
    }

    private static GatewayReceipt receipt(
            JsonNode receipt, GatewayReceipt.Kind kind, GatewayReceipt.@Nullable Status status, Instant requestedAt) {
        Money amount = TossPaymentJson.amount(receipt, "amount", Money.CURRENCY);
        Money taxFree = receipt.path("taxFreeAmount").isNumber()
                ? TossPaymentJson.amount(receipt, "taxFreeAmount", Money.CURRENCY)
                : Money.ZERO;
        if (amount.isZero() || amount.isLessThan(taxFree)) {
            throw new IllegalArgumentException(
                    "amount: " + amount + " (expected: 1 or more, and not less than the tax-free part)");
        }
        boolean failed = status == GatewayReceipt.Status.FAILED;
        return new GatewayReceipt(
                Text.require("receiptKey", TossPaymentJson.required(receipt, "receiptKey"), MAX_KEY),
                kind,
                Text.require("type", TossPaymentJson.required(receipt, "type"), MAX_TYPE),
                amount,
                taxFree,
                TossPaymentJson.optional(receipt, "issueNumber", MAX_ISSUE_NUMBER),
                url(TossPaymentJson.optional(receipt, "receiptUrl", MAX_URL)),
                status,
                failed ? code(receipt.path("failure").path("code").asString("")) : null,
                failed ? reason(receipt.path("failure").path("message").asString("")) : null,
                requestedAt);
    }

    private static Optional<GatewayReceipt> sensible(Supplier<GatewayReceipt> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            log.warn("A cash receipt that Toss tells of cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static GatewayReceipt.Kind kind(String transactionType) {
        return switch (transactionType) {
            case "CONFIRM" -> GatewayReceipt.Kind.CONFIRM;
            case "CANCEL" -> GatewayReceipt.Kind.CANCEL;
            default -> throw new IllegalArgumentException("transactionType: another one (expected: CONFIRM or CANCEL)");
        };
    }

    private static GatewayReceipt.Status status(String issueStatus) {
        return switch (issueStatus) {
            case "COMPLETED" -> GatewayReceipt.Status.COMPLETED;
            case "FAILED" -> GatewayReceipt.Status.FAILED;
            // What Toss may add is no end.
            default -> GatewayReceipt.Status.IN_PROGRESS;
        };
    }

    private static String code(String code) {
        return CODE.matcher(code).matches() ? code : "UNLISTED_CODE";
    }

    /** The tax office's code stands in brackets at the beginning of the text. */
    private static @Nullable String reason(String message) {
        Matcher reason = REASON.matcher(message);
        return reason.lookingAt() ? reason.group(1) : null;
    }

    /** It is shown to people, who follow it. */
    private static @Nullable String url(@Nullable String url) {
        return url != null && url.startsWith("https://") ? url : null;
    }
}
