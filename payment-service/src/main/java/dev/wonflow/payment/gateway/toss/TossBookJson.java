package dev.wonflow.payment.gateway.toss;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.books.BooksNotRead;
import dev.wonflow.payment.gateway.books.ListedTransaction;
import dev.wonflow.payment.gateway.books.SettlementLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Reads rows of Toss's books. Empty is a row about money of another kind, or one no order of ours can have. */
final class TossBookJson {

    private static final Logger log = LoggerFactory.getLogger(TossBookJson.class);

    private TossBookJson() {}

    static Optional<ListedTransaction> transaction(JsonNode row) {
        return inWon(row).map(order -> {
            try {
                return new ListedTransaction(
                        text(row, "transactionKey"),
                        order,
                        new PaymentKey(text(row, "paymentKey")),
                        text(row, "status"),
                        size(won(row, "amount")),
                        at(text(row, "transactionAt")));
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                throw unreadable("transaction", row, e);
            }
        });
    }

    static Optional<SettlementLine> settlement(JsonNode row) {
        return inWon(row).map(order -> {
            try {
                long amount = won(row, "amount");
                return new SettlementLine(
                        text(row, "transactionKey"),
                        order,
                        text(row, "method"),
                        amount < 0 || row.path("cancel").isObject(),
                        size(amount),
                        size(won(row, row.has("supplyAmount") ? "supplyAmount" : "suppliedAmount")),
                        size(won(row, "interestFee")),
                        size(won(row, "vat")),
                        payOut(row, amount),
                        LocalDate.parse(text(row, "soldDate")),
                        LocalDate.parse(text(row, "paidOutDate")));
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                throw unreadable("settlement", row, e);
            }
        });
    }

    private static Optional<OrderId> inWon(JsonNode row) {
        if (!row.path("currency").asString(Money.CURRENCY).equals(Money.CURRENCY)) {
            return Optional.empty();
        }
        String orderId = row.path("orderId").asString("");
        Optional<OrderId> order = OrderId.read(orderId);
        if (order.isEmpty()) {
            log.warn("Toss lists an order of {} characters that cannot be ours; it is passed over", orderId.length());
        }
        return order;
    }

    /** What goes back has a negative amount and a negative payout: here both count as what they are about. */
    private static long payOut(JsonNode row, long amount) {
        long won = won(row, "payOutAmount");
        return amount < 0 ? -won : won;
    }

    /** About its sign Toss says nothing. */
    private static Money size(long won) {
        return Money.ofWon(Math.absExact(won));
    }

    private static long won(JsonNode row, String field) {
        JsonNode value = row.path(field);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(field + ": no number (expected: an amount)");
        }
        return value.decimalValue().longValueExact();
    }

    private static String text(JsonNode row, String field) {
        JsonNode value = row.path(field);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new IllegalArgumentException(field + ": missing (expected: text)");
        }
        return value.stringValue();
    }

    private static Instant at(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static BooksNotRead unreadable(String what, JsonNode row, RuntimeException cause) {
        return new BooksNotRead(
                what + " " + row.path("transactionKey").asString("without a key") + ": " + cause.getMessage());
    }
}
