package dev.wonflow.payment.gateway.toss;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.gateway.AuthKey;
import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.gateway.ChargeCall;
import dev.wonflow.payment.gateway.ChargeOutcome;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.IssueOutcome;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.RemovalOutcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * Toss's billing API.
 *
 * @see <a href="https://docs.tosspayments.com/reference#자동결제">Toss on billing</a>
 */
final class TossBillingGateway implements BillingGateway {

    private final RestClient charges;
    private final RestClient others;
    private final TossCalls calls;

    /**
     * Creates one.
     *
     * @param others calls that answer sooner than a charge
     */
    TossBillingGateway(RestClient charges, RestClient others, TossCalls calls) {
        this.charges = charges;
        this.others = others;
        this.calls = calls;
    }

    @Override
    public IssueOutcome issue(AuthKey authKey, String customerKey) {
        TossCalls.Answer answer = calls.ask(
                Operation.ISSUE,
                others.post()
                        .uri("/v1/billing/authorizations/issue")
                        .header("Idempotency-Key", authKey.idempotencyKey())
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(calls.body(new IssueBody(authKey.value(), customerKey))));
        return switch (answer) {
            case TossCalls.Answer.Success(var body) ->
                TossBillingJson.read(body)
                        .<IssueOutcome>map(issued -> issued.customerKey().equals(customerKey)
                                ? issued
                                : new IssueOutcome.Unknown("ANSWER_CONTRADICTS"))
                        .orElseGet(() -> new IssueOutcome.Unknown("UNCLEAR_ANSWER"));
            case TossCalls.Answer.Refusal(TossError error) -> error.issueOutcome();
            case TossCalls.Answer.TooMany(TossError error) -> error.issueOutcome();
            case TossCalls.Answer.None(String cause) -> new IssueOutcome.Unknown(cause);
        };
    }

    @Override
    public ChargeOutcome charge(ChargeCall call) {
        TossCalls.Answer answer = calls.ask(
                Operation.CHARGE,
                charges.post()
                        .uri("/v1/billing/{billingKey}", call.billingKey().value())
                        .header("Idempotency-Key", call.idempotencyKey())
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(calls.body(ChargeBody.of(call))));
        return switch (answer) {
            case TossCalls.Answer.Success(var body) -> {
                Optional<GatewayFinding.Seen> seen = TossPaymentJson.read(body);
                if (seen.isEmpty()) {
                    yield new ChargeOutcome.Unclear("UNCLEAR_ANSWER");
                }
                yield seen.get().gatewayPayment().orderId().equals(call.orderId())
                        ? new ChargeOutcome.Answered(seen.get())
                        : new ChargeOutcome.Unclear("ANSWER_CONTRADICTS");
            }
            case TossCalls.Answer.Refusal(TossError error) -> error.chargeOutcome();
            case TossCalls.Answer.TooMany(TossError error) -> new ChargeOutcome.TooManyCalls(error.code());
            case TossCalls.Answer.None(String cause) -> new ChargeOutcome.Unknown(cause);
        };
    }

    @Override
    public RemovalOutcome remove(BillingKey key) {
        return switch (calls.ask(Operation.REMOVE, others.delete().uri("/v1/billing/{billingKey}", key.value()))) {
            case TossCalls.Answer.Success _ -> new RemovalOutcome.Gone();
            case TossCalls.Answer.Refusal(TossError error) -> error.removalOutcome();
            case TossCalls.Answer.TooMany(TossError error) -> error.removalOutcome();
            case TossCalls.Answer.None(String cause) -> new RemovalOutcome.Unknown(cause);
        };
    }

    @Override
    public GatewayFinding find(OrderId orderId) {
        return TossPaymentJson.finding(
                calls.ask(Operation.LOOKUP, others.get().uri("/v1/payments/orders/{orderId}", orderId.value())));
    }

    private record IssueBody(String authKey, String customerKey) {

        @Override
        public String toString() {
            return "***";
        }
    }

    /** What is {@code null} is not sent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ChargeBody(
            String customerKey,
            String orderId,
            String orderName,
            long amount,
            @Nullable Long taxFreeAmount) {

        private static ChargeBody of(ChargeCall call) {
            return new ChargeBody(
                    call.customerKey(),
                    call.orderId().value(),
                    call.orderName(),
                    call.amount().won(),
                    call.taxFree().isZero() ? null : call.taxFree().won());
        }
    }
}
