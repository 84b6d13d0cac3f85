package dev.wonflow.payment.refund.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.idempotency.Once;
import dev.wonflow.money.Money;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.gateway.RefundAccount;
import dev.wonflow.payment.refund.RequestRefund;
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

/** HTTP face of refunds. Translates; decides nothing. */
@RestController
@RequestMapping("/api/payments")
class RefundController {

    /** Toss's longest id is a paymentKey of 200 characters. */
    private static final int MAX_ID = 200;

    private static final int MAX_REASON = 200;

    private final RequestRefund requestRefund;

    RefundController(RequestRefund requestRefund) {
        this.requestRefund = requestRefund;
    }

    /**
     * Gives money back: all that is left, or a part. 202 says that it is not known yet whether it went back; the
     * payment shows what came of it.
     *
     * @param id of the payment or its order, or its paymentKey
     */
    @AllowedTo("order:fulfil")
    @PostMapping("/{id}/cancel")
    @Operation(
            id = "refundPayment",
            status = {200, 202},
            body = RefundView.class,
            problems = {
                "payment.not-found",
                "payment.not-created-yet",
                "refund.not-possible",
                "refund.exceeds-balance",
                "refund.balance-differs",
                "refund.tax-free-exceeds",
                "refund.account-missing",
                "refund.declined",
                "refund.rejected",
                "refund.key-reused"
            })
    ResponseEntity<?> cancel(
            @Field(max = MAX_ID) @PathVariable("id") String id,
            @RequestBody CancelBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            Caller caller,
            Once once)
            throws InterruptedException {
        RequestRefund.Request request = request(caller, id, body, key);
        // Toss is called meanwhile, so no transaction may be open. A repeat finds its refund by the key.
        return once.withLease(caller.tenant(), () -> answer(requestRefund.request(request)));
    }

    static ResponseEntity<?> answer(RequestRefund.Standing standing) {
        return switch (standing.refund().status()) {
            // 202, for a client that reads an error here would ask for the money a second time.
            case AWAITING_APPROVAL, REQUESTED, UNKNOWN ->
                ResponseEntity.accepted().body(RefundView.of(standing));
            case DONE -> ResponseEntity.ok(RefundView.of(standing));
            case FAILED ->
                ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
                        .body(RefundProblems.declined(standing.refund()));
        };
    }

    private static RequestRefund.Request request(Caller caller, String id, CancelBody body, @Nullable String key) {
        return InvalidRequest.checked(body, _ -> read(caller, id, body, key));
    }

    private static RequestRefund.Request read(Caller caller, String id, CancelBody body, @Nullable String key) {
        if (body.currency() != null && !body.currency().equals(Money.CURRENCY)) {
            throw new InvalidRequest("currency: another one (expected: " + Money.CURRENCY + ")");
        }
        String reason = InvalidRequest.required(
                "cancelReason", body.cancelReason(), "text of 1 to " + MAX_REASON + " characters");
        Money amount = body.cancelAmount() == null ? null : Money.ofWon("cancelAmount", body.cancelAmount());
        if (amount != null && amount.isZero()) {
            throw new InvalidRequest("cancelAmount: 0 (expected: 1 or more)");
        }
        Money taxFree = body.taxFreeAmount() == null ? Money.ZERO : Money.ofWon("taxFreeAmount", body.taxFreeAmount());
        if (amount != null && amount.isLessThan(taxFree)) {
            throw new InvalidRequest("taxFreeAmount: " + taxFree + " (expected: at most cancelAmount, " + amount + ")");
        }
        return new RequestRefund.Request(
                caller,
                Text.require("id", id, MAX_ID),
                amount,
                body.refundableAmount() == null ? null : Money.ofWon("refundableAmount", body.refundableAmount()),
                taxFree,
                Text.require("cancelReason", reason, MAX_REASON),
                account(body.refundReceiveAccount()),
                key);
    }

    private static @Nullable RefundAccount account(@Nullable AccountBody account) {
        if (account == null) {
            return null;
        }
        return new RefundAccount(
                InvalidRequest.required("refundReceiveAccount.bank", account.bank()),
                InvalidRequest.required("refundReceiveAccount.accountNumber", account.accountNumber()),
                InvalidRequest.required("refundReceiveAccount.holderName", account.holderName()));
    }

    /**
     * What is to go back, in Toss's words.
     *
     * @param cancelReason the buyer reads it
     * @param cancelAmount all that is left if it is not said
     * @param refundableAmount what the caller thinks is left; if it is another sum, nothing is given back
     * @param taxFreeAmount the part of it that no tax was on
     * @param refundReceiveAccount where a deposit into a virtual account goes back to, and needed for one
     */
    record CancelBody(
            @Field(required = true, max = MAX_REASON, example = "사이즈가 맞지 않음") @Nullable
            String cancelReason,

            @Field(won = true, min = 1, example = "12000") @Nullable
            Long cancelAmount,

            @Field(won = true, example = "33000") @Nullable Long refundableAmount,
            @Field(won = true, example = "0") @Nullable Long taxFreeAmount,
            @Field(only = Money.CURRENCY) @Nullable String currency,
            @Nullable AccountBody refundReceiveAccount) {}

    /**
     * An account of the buyer.
     *
     * @param bank Toss's code of two characters, or a name
     * @param holderName the bank's word for its holder
     */
    record AccountBody(
            @Field(required = true, max = 30, example = "20") @Nullable
            String bank,

            @Field(required = true, pattern = "[0-9]{1,20}", example = "1002123456789") @Nullable
            String accountNumber,

            @Field(required = true, max = 60, example = "김토스") @Nullable
            String holderName) {

        @Override
        public String toString() {
            return "***";
        }
    }
}
