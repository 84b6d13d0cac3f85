package dev.wonflow.sandbox.receipt.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.exchange.web.JsonBody;
import dev.wonflow.sandbox.merchant.ApiVersion;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchant;
import dev.wonflow.sandbox.receipt.CancelCashReceipt;
import dev.wonflow.sandbox.receipt.CashReceipt;
import dev.wonflow.sandbox.receipt.IssueCashReceipt;
import dev.wonflow.sandbox.receipt.ListCashReceipts;
import dev.wonflow.sandbox.receipt.ReceiptType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The cash receipt paths of the Toss API. */
@RestController
@RequestMapping("/v1/cash-receipts")
class ReceiptController {

    /** From this version on a cancel is an object of its own, and there is a list. Documented. */
    private static final ApiVersion OF_TODAY = ApiVersion.V2022_07_27;

    private static final int USUAL_LIMIT = 100;
    private static final int LARGEST_LIMIT = 10_000;

    private final IssueCashReceipt issueCashReceipt;
    private final CancelCashReceipt cancelCashReceipt;
    private final ListCashReceipts listCashReceipts;
    private final ReceiptJson receiptJson;
    private final JsonMapper json;

    ReceiptController(
            IssueCashReceipt issueCashReceipt,
            CancelCashReceipt cancelCashReceipt,
            ListCashReceipts listCashReceipts,
            ReceiptJson receiptJson,
            JsonMapper json) {
        this.issueCashReceipt = issueCashReceipt;
        this.cancelCashReceipt = cancelCashReceipt;
        this.listCashReceipts = listCashReceipts;
        this.receiptJson = receiptJson;
        this.json = json;
    }

    @PostMapping
    ResponseEntity<byte[]> issue(HttpServletRequest request, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        JsonBody body = JsonBody.of(request, json);
        String orderId = body.text("orderId");
        exchange.isAbout(orderId, null);
        Merchant merchant = exchange.keys().merchant();
        CashReceipt issued = issueCashReceipt.issue(
                merchant,
                new IssueCashReceipt.Request(
                        orderId,
                        body.text("orderName"),
                        ReceiptType.named(body.text("type")).orElseThrow(() -> new Refused(TossError.INVALID_REQUEST)),
                        // The older name is still taken.
                        body.optionalText("customerIdentityNumber")
                                .or(() -> body.optionalText("registrationNumber"))
                                .orElseThrow(() -> new Refused(TossError.INVALID_REQUEST)),
                        body.won("amount").orElseThrow(() -> new Refused(TossError.INVALID_REQUEST)),
                        body.won("taxFreeAmount").orElse(0L),
                        body.optionalText("businessNumber").orElse(null)));
        exchange.hadEffect();
        return answer(
                isOfToday(exchange.keys())
                        ? receiptJson.write(issued, exchange.language())
                        : receiptJson.writeAsBefore(issued));
    }

    @PostMapping("/{receiptKey}/cancel")
    ResponseEntity<byte[]> cancel(
            @PathVariable String receiptKey,
            HttpServletRequest request,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        Merchant merchant = exchange.keys().merchant();
        CancelCashReceipt.Canceled canceled = cancelCashReceipt.cancel(merchant, receiptKey, amount(request));
        exchange.isAbout(canceled.issued().orderId(), null);
        exchange.hadEffect();
        return answer(
                isOfToday(exchange.keys())
                        ? receiptJson.write(canceled.cancel(), exchange.language())
                        : receiptJson.writeAsBefore(canceled.issued()));
    }

    /** Nothing has to be said to cancel everything, and clients say nothing. */
    private @Nullable Long amount(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        boolean saysNothing = length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null);
        return saysNothing ? null : JsonBody.of(request, json).won("amount").orElse(null);
    }

    @GetMapping
    ResponseEntity<byte[]> list(
            @RequestParam(required = false) @Nullable String requestDate,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        Merchant merchant = exchange.keys().merchant();
        if (!isOfToday(exchange.keys())) {
            throw Refused.inOtherWords(
                    TossError.API_VERSION_UPDATE_NEEDED,
                    "이 API를 사용하려면 " + OF_TODAY + " 이상의 버전을 사용해야 합니다. 개발자센터에서 버전을 변경해주세요.",
                    "This needs version " + OF_TODAY + " of the API or a later one.");
        }
        if (requestDate == null || requestDate.isEmpty()) {
            throw new Refused(TossError.INVALID_REQUIRED_PARAM);
        }
        int rows = limit == null ? USUAL_LIMIT : (int) number(limit, TossError.INVALID_REQUEST, Integer.MAX_VALUE);
        if (rows < 1) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        if (rows > LARGEST_LIMIT) {
            throw new Refused(TossError.EXCEED_MAX_QUERY_LIMIT);
        }
        return answer(receiptJson.write(
                listCashReceipts.list(
                        merchant,
                        day(requestDate),
                        cursor == null ? 0 : number(cursor, TossError.INVALID_PAGING_KEY, Long.MAX_VALUE),
                        rows),
                exchange.language()));
    }

    private static boolean isOfToday(KeyPair keys) {
        return keys.apiVersion().isAtLeast(OF_TODAY);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw new Refused(TossError.INVALID_DATE);
        }
    }

    private static long number(String text, TossError otherwise, long largest) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= largest) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Refused below, as a number out of range is.
        }
        throw new Refused(otherwise);
    }

    private static ResponseEntity<byte[]> answer(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
