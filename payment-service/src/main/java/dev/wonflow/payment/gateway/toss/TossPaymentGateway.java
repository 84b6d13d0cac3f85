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
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.gateway.RefundAccount;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Toss's payment API.
 *
 * @see <a href="https://docs.tosspayments.com/reference">Toss core API</a>
 */
final class TossPaymentGateway implements PaymentGateway {

    private static final Logger log = LoggerFactory.getLogger(TossPaymentGateway.class);

    /** Longest answer read; a payment object has a few thousand bytes. */
    private static final int MAX_ANSWER_BYTES = 256 * 1024;

    /** Shown to the buyer by Toss. */
    private static final String ORDER_CALLED_OFF = "주문 취소";

    private final RestClient confirms;
    private final RestClient cancels;
    private final RestClient questions;
    private final RestClient urgentQuestions;
    private final JsonMapper json;

    TossPaymentGateway(
            RestClient confirms,
            RestClient cancels,
            RestClient questions,
            RestClient urgentQuestions,
            JsonMapper json) {
        this.confirms = confirms;
        this.cancels = cancels;
        this.questions = questions;
        this.urgentQuestions = urgentQuestions;
        this.json = json;
    }

    @Override
    public GatewayOutcome confirm(Attempt attempt) {
        Answer answer = ask(confirms.post()
                .uri("/v1/payments/confirm")
                .header("Idempotency-Key", attempt.idempotencyKey())
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.writeValueAsBytes(new ConfirmBody(
                        attempt.paymentKey().value(),
                        attempt.orderId().value(),
                        attempt.amount().won()))));
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
            case Answer.None(String cause) -> new GatewayOutcome.Unknown(cause);
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
            case Answer.None(String cause) -> new CancelOutcome.Unknown(cause);
        };
    }

    private Answer cancel(PaymentKey key, String idempotencyKey, CancelBody body) {
        return ask(cancels.post()
                .uri("/v1/payments/{paymentKey}/cancel", key.value())
                .header("Idempotency-Key", idempotencyKey)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.writeValueAsBytes(body)));
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
        return found(ask(client.get().uri("/v1/payments/{paymentKey}", key.value())));
    }

    @Override
    public GatewayFinding find(OrderId orderId) {
        return found(ask(questions.get().uri("/v1/payments/orders/{orderId}", orderId.value())));
    }

    private static GatewayFinding found(Answer answer) {
        return switch (answer) {
            case Answer.Payment(GatewayFinding.Seen seen) -> seen;
            case Answer.Refusal(TossError error) -> error.finding();
            case Answer.None(String cause) -> new GatewayFinding.Unclear(cause);
        };
    }

    private Answer ask(RestClient.RequestHeadersSpec<?> request) {
        try {
            return request.exchange((_, response) -> read(response));
        } catch (ResourceAccessException e) {
            log.warn("Toss did not answer: {}", e.getMessage());
            return new Answer.None(cause(e));
        }
    }

    private Answer read(ClientHttpResponse response) throws IOException {
        JsonNode body;
        try (InputStream stream = response.getBody()) {
            body = json.readTree(stream.readNBytes(MAX_ANSWER_BYTES));
        } catch (JacksonException _) {
            return new Answer.None("UNCLEAR_ANSWER");
        }
        if (response.getStatusCode().value() == 200) {
            Optional<GatewayFinding.Seen> seen = TossPaymentJson.read(body);
            return seen.isPresent() ? new Answer.Payment(seen.get()) : new Answer.None("UNCLEAR_ANSWER");
        }
        JsonNode code = body.path("code");
        JsonNode message = body.path("message");
        if (!code.isString() || code.stringValue().isBlank()) {
            return new Answer.None("HTTP_" + response.getStatusCode().value());
        }
        TossError error = new TossError(code.stringValue(), message.isString() ? message.stringValue() : null);
        log.info("Toss answered {} {}", response.getStatusCode().value(), error.code());
        return new Answer.Refusal(error);
    }

    private static String cause(ResourceAccessException e) {
        return switch (e.getCause()) {
            case HttpConnectTimeoutException _, ConnectException _ -> "NO_CONNECTION";
            case HttpTimeoutException _ -> "TIMEOUT";
            case null, default -> "CONNECTION_LOST";
        };
    }

    private sealed interface Answer {

        record Payment(GatewayFinding.Seen seen) implements Answer {}

        record Refusal(TossError error) implements Answer {}

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

    /** Toss wants the orderId as text and the amount as a number. */
    private record ConfirmBody(String paymentKey, String orderId, long amount) {}
}
