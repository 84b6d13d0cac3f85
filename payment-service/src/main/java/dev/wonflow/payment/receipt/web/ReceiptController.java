package dev.wonflow.payment.receipt.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.idempotency.Once;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.gateway.ReceiptNumber;
import dev.wonflow.payment.gateway.ReceiptType;
import dev.wonflow.payment.receipt.RequestReceipt;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of cash receipts. Translates; decides nothing. */
@RestController
@RequestMapping("/api/payments")
class ReceiptController {

    /** Toss's longest id is a paymentKey of 200 characters. */
    private static final int MAX_ID = 200;

    private static final int MAX_TYPE = 20;
    private static final int MAX_NUMBER = 30;
    private static final String TYPES = "소득공제 or 지출증빙";

    private final RequestReceipt requestReceipt;

    ReceiptController(RequestReceipt requestReceipt) {
        this.requestReceipt = requestReceipt;
    }

    /**
     * Has a cash receipt (현금영수증) issued over what is left of a payment by transfer or into a virtual account that has
     * none. It is taken back with the money by itself. 202 says that it is not known yet whether Toss has passed it on.
     * Whom it is issued to is not kept.
     *
     * @param id of the payment or its order, or its paymentKey
     */
    @AllowedTo("order:fulfil")
    @PostMapping("/{id}/cash-receipt")
    @Operation(
            id = "issueCashReceipt",
            status = {200, 202},
            body = ReceiptAnswer.class,
            problems = {
                "payment.not-found",
                "payment.not-created-yet",
                "receipt.not-possible",
                "receipt.exists",
                "receipt.declined",
                "receipt.not-set-up",
                "receipt.key-reused"
            })
    ResponseEntity<?> issue(
            @Field(max = MAX_ID) @PathVariable("id") String id,
            @RequestBody ReceiptBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            Caller caller,
            Once once)
            throws InterruptedException {
        RequestReceipt.Request request = InvalidRequest.checked(body, _ -> read(caller, id, body, key));
        // Toss is called meanwhile, so no transaction may be open. A repeat finds its request by the key.
        return once.withLease(caller.tenant(), () -> answer(requestReceipt.request(request)));
    }

    private static ResponseEntity<?> answer(RequestReceipt.Asked asked) {
        return switch (asked.request().status()) {
            case REQUESTED, UNKNOWN -> ResponseEntity.accepted().body(ReceiptAnswer.of(asked));
            case DONE -> ResponseEntity.ok(ReceiptAnswer.of(asked));
            case FAILED ->
                ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).body(ReceiptProblems.declined(asked.request()));
        };
    }

    private static RequestReceipt.Request read(Caller caller, String id, ReceiptBody body, @Nullable String key) {
        ReceiptType type = ReceiptType.named(InvalidRequest.required("type", body.type(), TYPES))
                .orElseThrow(() -> new InvalidRequest("type: another one (expected: " + TYPES + ")"));
        return new RequestReceipt.Request(caller, Text.require("id", id, MAX_ID), type, customer(type, body), key);
    }

    private static ReceiptNumber customer(ReceiptType type, ReceiptBody body) {
        if (!Boolean.TRUE.equals(body.voluntary())) {
            return ReceiptNumber.read(
                    type,
                    InvalidRequest.required(
                            "customerIdentityNumber", body.customerIdentityNumber(), "a number, or voluntary: true"));
        }
        if (body.customerIdentityNumber() != null || type != ReceiptType.INCOME_DEDUCTION) {
            throw new InvalidRequest(
                    "voluntary: true with a number, or for 지출증빙 (expected: 소득공제, and no customerIdentityNumber)");
        }
        return ReceiptNumber.VOLUNTARY;
    }

    /**
     * Whom the receipt is for. Its amount is what is left of the payment.
     *
     * @param type 소득공제 for a person's income tax, 지출증빙 for a business's expenses
     * @param customerIdentityNumber a phone or a receipt card, or the number of a business; with hyphens or without
     * @param voluntary whether the buyer gave no number (자진발급)
     */
    record ReceiptBody(
            @Field(required = true, max = MAX_TYPE, example = "소득공제") @Nullable
            String type,

            @Field(max = MAX_NUMBER, pattern = "[0-9-]{10,30}", example = "010-1234-5678") @Nullable
            String customerIdentityNumber,

            @Nullable Boolean voluntary) {

        @Override
        public String toString() {
            return "***";
        }
    }
}
