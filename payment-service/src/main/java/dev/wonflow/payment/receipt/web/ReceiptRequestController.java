package dev.wonflow.payment.receipt.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Operator;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.receipt.EndReceiptRequest;
import dev.wonflow.payment.receipt.ReceiptRequest;
import dev.wonflow.payment.receipt.ReceiptRequestId;
import dev.wonflow.payment.receipt.ReceiptRequestNotFound;
import dev.wonflow.payment.receipt.ReceiptRequestStatus;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What operators do about requests for cash receipts that Toss never resolves. */
@RestController
@RequestMapping("/api/reconciliation/cash-receipts")
class ReceiptRequestController {

    private static final int MAX_REASON = 500;

    private final EndReceiptRequest endReceiptRequest;

    ReceiptRequestController(EndReceiptRequest endReceiptRequest) {
        this.endReceiptRequest = endReceiptRequest;
    }

    /**
     * Ends a request about a cash receipt of which Toss does not say what became. Look at Toss first: it is not asked
     * for again, the buyer's number is deleted, and a part that was to be taken back counts as taken back.
     *
     * @param id of the request, as the incident names it
     */
    @AllowedTo("operator:reconciliation")
    @PostMapping("/{id}/end")
    @Operation(
            id = "endCashReceiptRequest",
            problems = {"receipt.request-not-found", "receipt.request-not-stuck"})
    RequestView end(
            @Field(format = "uuid") @PathVariable("id") String id, @RequestBody EndBody body, Operator operator) {
        String why = InvalidRequest.checked(body, _ -> reason(body));
        return RequestView.of(endReceiptRequest.end(requestId(id), why, operator));
    }

    private static String reason(EndBody body) {
        String reason = InvalidRequest.required("reason", body.reason(), "text of 1 to " + MAX_REASON + " characters");
        return Text.require("reason", reason, MAX_REASON);
    }

    private static ReceiptRequestId requestId(String id) {
        try {
            return new ReceiptRequestId(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            throw new ReceiptRequestNotFound(id);
        }
    }

    /**
     * Why nothing comes of it.
     *
     * @param reason kept in the audit trail
     */
    record EndBody(
            @Field(required = true, max = MAX_REASON, example = "not in Toss's console on 2 March, ticket 4711")
            @Nullable
            String reason) {}

    /**
     * A request about a cash receipt, as an operator sees it.
     *
     * @param transactionType whether a receipt was asked for, or one taken back
     * @param amount what it says; 0 until Toss has been asked
     */
    record RequestView(
            UUID requestId,
            UUID paymentId,
            String orderId,
            GatewayReceipt.Kind transactionType,
            @Field(words = ReceiptRequestStatus.class) String status,
            @Field(won = true) long amount,
            Instant requestedAt) {

        static RequestView of(EndReceiptRequest.Ended ended) {
            ReceiptRequest request = ended.request();
            return new RequestView(
                    request.id().value(),
                    ended.payment().id().value(),
                    ended.payment().orderId().value(),
                    request.kind(),
                    request.status().text(),
                    request.amount().won(),
                    request.requestedAt());
        }
    }
}
