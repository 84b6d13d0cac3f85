package dev.wonflow.payment.gateway.toss;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Attempt;
import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.Cancellation;
import dev.wonflow.payment.gateway.Closing;
import dev.wonflow.payment.gateway.ClosingOutcome;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.Opening;
import dev.wonflow.payment.gateway.OpeningOutcome;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.gateway.RefundAccount;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * Toss's payment API.
 *
 * @see <a href="https://docs.tosspayments.com/reference">Toss core API</a>
 */
final class TossPaymentGateway implements PaymentGateway {

    /** Shown to the buyer by Toss. */
    private static final String ORDER_CALLED_OFF = "주문 취소";

    private final RestClient confirms;
    private final RestClient cancels;
    private final RestClient questions;
    private final RestClient urgentQuestions;
    private final TossCalls calls;
    private final ConfirmAge confirmAge;

    TossPaymentGateway(
            RestClient confirms,
            RestClient cancels,
            RestClient questions,
            RestClient urgentQuestions,
            TossCalls calls,
            ConfirmAge confirmAge) {
        this.confirms = confirms;
        this.cancels = cancels;
        this.questions = questions;
        this.urgentQuestions = urgentQuestions;
        this.calls = calls;
        this.confirmAge = confirmAge;
    }

    @Override
    public GatewayOutcome confirm(Attempt attempt) {
        Answer answer = ask(
                Operation.CONFIRM,
                confirms.post()
                        .uri("/v1/payments/confirm")
                        .header("Idempotency-Key", attempt.idempotencyKey())
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(calls.body(new ConfirmBody(
                                attempt.paymentKey().value(),
                                attempt.orderId().value(),
                                attempt.amount().won()))));
        confirmAge.answered(attempt);
        return switch (answer) {
            case Answer.Payment(GatewayFinding.Seen seen) ->
                switch (seen.state()) {
                    case DONE -> new GatewayOutcome.Approved(seen.gatewayPayment());
                    case WAITING_FOR_DEPOSIT -> new GatewayOutcome.WaitingForDeposit(seen.gatewayPayment());
                    // Success with any other state is not one we understand; asking will tell.
                    case READY, IN_PROGRESS, CANCELED, PARTIAL_CANCELED, ABORTED, EXPIRED, UNLISTED ->
                        new GatewayOutcome.Unknown("ANSWERED_" + seen.state().name());
                };
            case Answer.Refusal(TossError error) -> error.confirmOutcome();
            case Answer.TooMany(TossError error) -> error.confirmOutcome();
            case Answer.None(String cause) -> new GatewayOutcome.Unknown(cause);
        };
    }

    @Override
    public OpeningOutcome open(Opening opening) {
        Answer answer = ask(
                Operation.OPEN,
                confirms.post()
                        .uri("/v1/virtual-accounts")
                        .header("Idempotency-Key", opening.idempotencyKey())
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(calls.body(OpeningBody.of(opening))));
        return switch (answer) {
            case Answer.Payment(GatewayFinding.Seen seen) -> new OpeningOutcome.Answered(seen);
            case Answer.Refusal(TossError error) -> error.openingOutcome();
            case Answer.TooMany(TossError error) -> new OpeningOutcome.Unclear(error.code());
            case Answer.None(String cause) -> new OpeningOutcome.Unknown(cause);
        };
    }

    /** The whole of it, and no account to send money back to: a deposit that has come cannot be cancelled by this. */
    @Override
    public ClosingOutcome close(Closing closing) {
        Answer answer = cancel(closing.paymentKey(), closing.idempotencyKey(), CancelBody.ofTheWhole(ORDER_CALLED_OFF));
        return switch (answer) {
            case Answer.Payment(GatewayFinding.Seen seen) -> new ClosingOutcome.Answered(seen);
            case Answer.Refusal(TossError error) ->
                error.isStillRunning()
                        ? new ClosingOutcome.Unknown(error.code())
                        : new ClosingOutcome.Refused(error.code());
            case Answer.TooMany(TossError error) -> new ClosingOutcome.Refused(error.code());
            case Answer.None(String cause) -> new ClosingOutcome.Unknown(cause);
        };
    }

    @Override
    public CancelOutcome cancel(Cancellation cancellation) {
        Answer answer = cancel(cancellation.paymentKey(), cancellation.idempotencyKey(), CancelBody.of(cancellation));
        return switch (answer) {
            case Answer.Payment(GatewayFinding.Seen seen) ->
                seen.gatewayPayment().paymentKey().equals(cancellation.paymentKey())
                        ? new CancelOutcome.Answered(seen)
                        : new CancelOutcome.Unknown("ANSWER_CONTRADICTS");
            case Answer.Refusal(TossError error) -> error.cancelOutcome();
            case Answer.TooMany(TossError error) -> new CancelOutcome.TooManyCalls(error.code());
            case Answer.None(String cause) -> new CancelOutcome.Unknown(cause);
        };
    }

    private Answer cancel(PaymentKey key, String idempotencyKey, CancelBody body) {
        return ask(
                Operation.CANCEL,
                cancels.post()
                        .uri("/v1/payments/{paymentKey}/cancel", key.value())
                        .header("Idempotency-Key", idempotencyKey)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(calls.body(body)));
    }

    @Override
    public GatewayFinding find(PaymentKey key) {
        return find(key, questions);
    }

    @Override
    public GatewayFinding findAtOnce(PaymentKey key) {
        return find(key, urgentQuestions);
    }

    private GatewayFinding find(PaymentKey key, RestClient client) {
        return TossPaymentJson.finding(
                calls.ask(Operation.LOOKUP, client.get().uri("/v1/payments/{paymentKey}", key.value())));
    }

    @Override
    public GatewayFinding find(OrderId orderId) {
        return find(orderId, questions);
    }

    @Override
    public GatewayFinding findAtOnce(OrderId orderId) {
        return find(orderId, urgentQuestions);
    }

    private GatewayFinding find(OrderId orderId, RestClient client) {
        return TossPaymentJson.finding(
                calls.ask(Operation.LOOKUP, client.get().uri("/v1/payments/orders/{orderId}", orderId.value())));
    }

    private Answer ask(Operation operation, RestClient.RequestHeadersSpec<?> request) {
        return switch (calls.ask(operation, request)) {
            case TossCalls.Answer.Success(var body) ->
                TossPaymentJson.read(body)
                        .<Answer>map(Answer.Payment::new)
                        .orElseGet(() -> new Answer.None("UNCLEAR_ANSWER"));
            case TossCalls.Answer.Refusal(TossError error) -> new Answer.Refusal(error);
            case TossCalls.Answer.TooMany(TossError error) -> new Answer.TooMany(error);
            case TossCalls.Answer.None(String cause) -> new Answer.None(cause);
        };
    }

    private sealed interface Answer {

        record Payment(GatewayFinding.Seen seen) implements Answer {}

        record Refusal(TossError error) implements Answer {}

        record TooMany(TossError error) implements Answer {}

        record None(String cause) implements Answer {}
    }

    /** What is {@code null} is not sent; without an amount, all that is left is meant. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record CancelBody(
            String cancelReason,
            @Nullable Long cancelAmount,
            @Nullable Long refundableAmount,
            @Nullable Long taxFreeAmount,
            @Nullable AccountBody refundReceiveAccount) {

        private static CancelBody ofTheWhole(String reason) {
            return new CancelBody(reason, null, null, null, null);
        }

        private static CancelBody of(Cancellation cancellation) {
            RefundAccount account = cancellation.account();
            return new CancelBody(
                    cancellation.reason(),
                    cancellation.amount().won(),
                    cancellation.refundable().won(),
                    cancellation.taxFree().isZero()
                            ? null
                            : cancellation.taxFree().won(),
                    account == null
                            ? null
                            : new AccountBody(account.bank(), account.accountNumber(), account.holderName()));
        }
    }

    /** Toss answers with {@code bankCode} and takes {@code bank}. */
    private record AccountBody(String bank, String accountNumber, String holderName) {}

    /** What is {@code null} is not sent. Cannot be printed: it names the buyer. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record OpeningBody(
            long amount,
            String orderId,
            String orderName,
            String customerName,
            String bank,
            String dueDate,
            @Nullable String customerMobilePhone) {

        private static OpeningBody of(Opening opening) {
            return new OpeningBody(
                    opening.amount().won(),
                    opening.orderId().value(),
                    opening.orderName(),
                    opening.buyer().name(),
                    opening.bank(),
                    TossPaymentJson.dueDate(opening.dueAt()),
                    opening.buyer().mobilePhone());
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** Toss wants the orderId as text and the amount as a number. */
    private record ConfirmBody(String paymentKey, String orderId, long amount) {}
}
