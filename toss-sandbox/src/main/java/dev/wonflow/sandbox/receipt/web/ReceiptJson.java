package dev.wonflow.sandbox.receipt.web;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.receipt.CashReceipt;
import dev.wonflow.sandbox.receipt.ListCashReceipts;
import dev.wonflow.sandbox.receipt.NtsFailure;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes cash receipts as Toss does: the CashReceipt object of today, and the one of older versions. */
@Component
class ReceiptJson {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final JsonMapper json;
    private final Clock clock;

    ReceiptJson(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    byte[] write(CashReceipt receipt, Locale locale) {
        return json.writeValueAsBytes(members(receipt, clock.instant(), locale));
    }

    byte[] write(ListCashReceipts.Page page, Locale locale) {
        Instant now = clock.instant();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("hasNext", page.hasNext());
        members.put("lastCursor", page.lastCursor());
        members.put(
                "data",
                page.receipts().stream()
                        .map(receipt -> members(receipt, now, locale))
                        .toList());
        return json.writeValueAsBytes(members);
    }

    /** Before 2022-07-27: no status, and a cancel is a date on what was issued. */
    byte[] writeAsBefore(CashReceipt issued) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("receiptKey", issued.receiptKey());
        members.put("approvalNumber", issued.issueNumber());
        members.put("amount", issued.amountWon());
        members.put("taxFreeAmount", issued.taxFreeWon());
        members.put("orderId", issued.orderId());
        members.put("orderName", issued.orderName());
        members.put("type", issued.type().label());
        members.put("approvedAt", TIME.format(issued.requestedAt()));
        Instant canceledAt = issued.canceledAt();
        members.put("canceledAt", canceledAt == null ? null : TIME.format(canceledAt));
        members.put("receiptUrl", receiptUrl(issued));
        return json.writeValueAsBytes(members);
    }

    private static Map<String, @Nullable Object> members(CashReceipt receipt, Instant now, Locale locale) {
        NtsFailure failure = receipt.failure(now);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("receiptKey", receipt.receiptKey());
        members.put("orderId", receipt.orderId());
        members.put("orderName", receipt.orderName());
        members.put("type", receipt.type().label());
        members.put("issueNumber", receipt.issueNumber());
        members.put("receiptUrl", receiptUrl(receipt));
        members.put("businessNumber", receipt.businessNumber());
        members.put("transactionType", receipt.kind().name());
        members.put("amount", receipt.amountWon());
        members.put("taxFreeAmount", receipt.taxFreeWon());
        members.put("issueStatus", receipt.status(now).name());
        members.put("failure", failure == null ? null : failure(failure, locale));
        members.put("customerIdentityNumber", receipt.customerIdentityNumber());
        members.put("requestedAt", TIME.format(receipt.requestedAt()));
        return members;
    }

    private static Map<String, String> failure(NtsFailure failure, Locale locale) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("code", TossError.NTS_ERROR.name());
        members.put("message", failure.message(locale));
        return members;
    }

    private static String receiptUrl(CashReceipt receipt) {
        return ReceiptAddress.ofCash(receipt.orderId(), receipt.mId());
    }
}
