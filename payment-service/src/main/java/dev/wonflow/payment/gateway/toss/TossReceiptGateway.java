package dev.wonflow.payment.gateway.toss;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wonflow.payment.gateway.ListedReceipt;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.ReceiptCall;
import dev.wonflow.payment.gateway.ReceiptGateway;
import dev.wonflow.payment.gateway.ReceiptListing;
import dev.wonflow.payment.gateway.ReceiptOutcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/**
 * Toss's API of cash receipts.
 *
 * @see <a href="https://docs.tosspayments.com/reference#현금영수증">Toss on cash receipts</a>
 */
final class TossReceiptGateway implements ReceiptGateway {

    /** Rows of one call; Toss allows 100 to 10,000, and a row has up to a thousand bytes. */
    private static final int PAGE = 100;
    /** Ends what would go on for ever; 100,000 requests in a day are more than the quota lets us make. */
    private static final int MOST_PAGES = 1_000;

    private final RestClient client;
    private final TossCalls calls;

    TossReceiptGateway(RestClient client, TossCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    @Override
    public ReceiptOutcome call(ReceiptCall call) {
        return switch (call) {
            case ReceiptCall.Issue issue ->
                outcome(
                        calls.ask(
                                Operation.RECEIPT_ISSUE,
                                client.post()
                                        .uri("/v1/cash-receipts")
                                        .header("Idempotency-Key", issue.idempotencyKey())
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .body(calls.body(IssueBody.of(issue)))),
                        Operation.RECEIPT_ISSUE);
            case ReceiptCall.Cancel cancel ->
                outcome(
                        calls.ask(
                                Operation.RECEIPT_CANCEL,
                                client.post()
                                        .uri("/v1/cash-receipts/{receiptKey}/cancel", cancel.receiptKey())
                                        .header("Idempotency-Key", cancel.idempotencyKey())
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .body(calls.body(
                                                new CancelBody(cancel.amount().won())))),
                        Operation.RECEIPT_CANCEL);
        };
    }

    private static ReceiptOutcome outcome(TossCalls.Answer answer, Operation operation) {
        return switch (answer) {
            case TossCalls.Answer.Success(var body) ->
                TossReceiptJson.listed(body)
                        .<ReceiptOutcome>map(ReceiptOutcome.Answered::new)
                        .orElseGet(() -> new ReceiptOutcome.Unclear("UNCLEAR_ANSWER"));
            case TossCalls.Answer.Refusal(TossError error) -> error.receiptOutcome(operation);
            case TossCalls.Answer.TooMany(TossError error) -> new ReceiptOutcome.TooManyCalls(error.code());
            case TossCalls.Answer.None(String cause) -> new ReceiptOutcome.Unknown(cause);
        };
    }

    @Override
    public ReceiptListing list(LocalDate day) {
        List<ListedReceipt> read = new ArrayList<>();
        long cursor = 0;
        for (int page = 1; page <= MOST_PAGES; page++) {
            switch (page(day, cursor)) {
                case Page.Read(var rows, boolean more, long last) -> {
                    rows.forEach(row -> TossReceiptJson.listed(row).ifPresent(read::add));
                    if (!more) {
                        return new ReceiptListing.Read(read);
                    }
                    if (last == cursor) {
                        return new ReceiptListing.Unclear("UNCLEAR_ANSWER");
                    }
                    cursor = last;
                }
                case Page.Not(ReceiptListing why) -> {
                    return why;
                }
            }
        }
        return new ReceiptListing.Unclear("TOO_MANY_PAGES");
    }

    private sealed interface Page {

        record Read(List<JsonNode> rows, boolean more, long lastCursor) implements Page {}

        record Not(ReceiptListing why) implements Page {}
    }

    private Page page(LocalDate day, long cursor) {
        TossCalls.Answer answer = calls.ask(Operation.RECEIPT_LIST, client.get().uri(uri -> {
            uri.path("/v1/cash-receipts").queryParam("requestDate", day).queryParam("limit", PAGE);
            return (cursor == 0 ? uri : uri.queryParam("cursor", cursor)).build();
        }));
        return switch (answer) {
            case TossCalls.Answer.Success(var body) -> {
                JsonNode data = body.path("data");
                yield data.isArray()
                        ? new Page.Read(
                                List.copyOf(data.values()),
                                body.path("hasNext").asBoolean(false),
                                body.path("lastCursor").asLong(cursor))
                        : new Page.Not(new ReceiptListing.Unclear("UNCLEAR_ANSWER"));
            }
            case TossCalls.Answer.Refusal(TossError error) -> new Page.Not(error.receiptListing());
            case TossCalls.Answer.TooMany(TossError error) -> new Page.Not(new ReceiptListing.Unclear(error.code()));
            case TossCalls.Answer.None(String cause) -> new Page.Not(new ReceiptListing.Unclear(cause));
        };
    }

    /** What is {@code null} is not sent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record IssueBody(
            long amount,
            String orderId,
            String orderName,
            String type,
            String customerIdentityNumber,
            @Nullable Long taxFreeAmount) {

        private static IssueBody of(ReceiptCall.Issue issue) {
            return new IssueBody(
                    issue.amount().won(),
                    issue.orderId().value(),
                    issue.orderName(),
                    issue.type().word(),
                    issue.customer().digits(),
                    issue.taxFree().isZero() ? null : issue.taxFree().won());
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    private record CancelBody(long amount) {}
}
