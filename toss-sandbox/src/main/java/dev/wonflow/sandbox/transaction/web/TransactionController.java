package dev.wonflow.sandbox.transaction.web;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.receipt.web.ReceiptAddress;
import dev.wonflow.sandbox.transaction.Transaction;
import dev.wonflow.sandbox.transaction.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Lists transactions (거래 조회). */
@RestController
class TransactionController {

    private static final int USUAL_LIMIT = 100;
    private static final int LARGEST_LIMIT = 5_000;

    private static final Duration FRACTIONS_OF_A_SECOND = Duration.ofNanos(999_999_999);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final Transactions transactions;
    private final Assumptions assumptions;
    private final JsonMapper json = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    TransactionController(Transactions transactions, Assumptions assumptions) {
        this.transactions = transactions;
        this.assumptions = assumptions;
    }

    private record TransactionView(
            String mId,
            String transactionKey,
            String paymentKey,
            String orderId,
            String method,
            @Nullable String customerKey,
            boolean useEscrow,
            String receiptUrl,
            String status,
            String transactionAt,
            String currency,
            Number amount) {}

    @GetMapping("/v1/transactions")
    ResponseEntity<byte[]> list(
            @RequestParam(required = false) @Nullable String startDate,
            @RequestParam(required = false) @Nullable String endDate,
            @RequestParam(required = false) @Nullable String startingAfter,
            @RequestParam(required = false) @Nullable String limit,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        Instant from = instant(startDate);
        // Times are told in whole seconds, so the last second belongs to the period with all of its fractions.
        Instant to = instant(endDate).plus(FRACTIONS_OF_A_SECOND);
        if (from.isAfter(to)) {
            throw new Refused(TossError.INVALID_DATE);
        }
        List<Transaction> page = transactions
                .page(exchange.keys().merchant().mId(), from, to, startingAfter, limit(limit))
                .orElseThrow(() -> new Refused(TossError.INVALID_TRANSACTION_KEY));
        List<TransactionView> views = page.stream()
                .map(transaction -> view(transaction, exchange.language()))
                .toList();
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json.writeValueAsBytes(views));
    }

    /** A time of Seoul without an offset; a date alone is its midnight. */
    private static Instant instant(@Nullable String text) {
        if (text == null) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        try {
            LocalDateTime local = text.contains("T")
                    ? LocalDateTime.parse(text)
                    : LocalDate.parse(text).atStartOfDay();
            return local.atZone(SandboxClock.SEOUL).toInstant();
        } catch (DateTimeParseException _) {
            throw new Refused(TossError.INVALID_DATE);
        }
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LARGEST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Refused as any other limit that is none.
        }
        throw new Refused(TossError.INVALID_REQUEST);
    }

    private TransactionView view(Transaction transaction, Locale language) {
        boolean negative = transaction.kind() == Transaction.Kind.CANCEL && assumptions.negativeCancelTransactions();
        return new TransactionView(
                transaction.mId(),
                transaction.transactionKey(),
                transaction.paymentKey(),
                transaction.orderId(),
                transaction.method().label(language),
                transaction.customerKey(),
                transaction.useEscrow(),
                ReceiptAddress.of(transaction.method(), transaction.paymentKey()),
                transaction.status().name(),
                TIME.format(transaction.at()),
                transaction.currency().name(),
                transaction.currency().number(negative ? -transaction.amountMinor() : transaction.amountMinor()));
    }
}
