package dev.wonflow.payment.payment.web;

import dev.wonflow.access.Caller;
import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.payment.AwaitedPayments;
import dev.wonflow.payment.payment.ConfirmRefused;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.PriceRefused;
import dev.wonflow.payment.plan.CatalogueNotRead;
import dev.wonflow.web.CodedProblem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns what went wrong with payments into problem details (RFC 9457) with a code programs can rely on. */
@RestControllerAdvice
class Problems {

    /** Long enough for an event on its way to arrive, short enough for a buyer who waits. */
    private static final String RETRY_AFTER_SECONDS = "2";

    private final AwaitedPayments awaitedPayments;

    Problems(AwaitedPayments awaitedPayments) {
        this.awaitedPayments = awaitedPayments;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(PaymentNotFound e, Caller caller) {
        if (awaitedPayments.isAwaited(caller.tenant(), e.id())) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                    .body(problem(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "payment.not-created-yet",
                            "payment of " + e.id() + ": not here yet (expected: the same request again, shortly)"));
        }
        return ResponseEntity.status(HttpStatus.NOT_FOUND)
                .body(problem(HttpStatus.NOT_FOUND, "payment.not-found", e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail on(BadRequest e) {
        return problem(HttpStatus.BAD_REQUEST, "request.invalid", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(ConfirmRefused e) {
        ProblemDetail problem = refusal(e);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
        Duration retryAfter = e.retryAfter();
        if (retryAfter != null) {
            // Rounded up: a caller that comes a moment early is refused again.
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds() + 1));
        }
        return answer.body(problem);
    }

    private static ProblemDetail refusal(ConfirmRefused e) {
        return switch (e.reason()) {
            case AMOUNT_MISMATCH ->
                problem(HttpStatus.UNPROCESSABLE_CONTENT, "payment.amount-mismatch", e.getMessage());
            case ANOTHER_ATTEMPT_RUNNING ->
                problem(HttpStatus.CONFLICT, "payment.another-attempt-running", e.getMessage());
            case ORDER_CLOSED -> problem(HttpStatus.CONFLICT, "payment.order-closed", e.getMessage());
            case TOO_MANY_ATTEMPTS ->
                problem(HttpStatus.TOO_MANY_REQUESTS, "payment.too-many-attempts", e.getMessage());
            case NOT_OPEN -> problem(HttpStatus.CONFLICT, "payment.not-open", e.getMessage());
            case KEY_TAKEN -> problem(HttpStatus.CONFLICT, "payment.key-taken", e.getMessage());
        };
    }

    @ExceptionHandler
    ProblemDetail on(PriceRefused e) {
        Money price = e.price();
        if (price == null) {
            return problem(HttpStatus.UNPROCESSABLE_CONTENT, "plan.not-on-sale", e.getMessage());
        }
        ProblemDetail problem = problem(HttpStatus.UNPROCESSABLE_CONTENT, "plan.another-price", e.getMessage());
        problem.setProperty("expectedAmount", price.won());
        return problem;
    }

    /** Soon over: the catalogue is told when subscription-service starts. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(CatalogueNotRead e) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "5")
                .body(problem(HttpStatus.SERVICE_UNAVAILABLE, "plan.catalogue-not-read", e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail on(PaymentDeclined e) {
        ProblemDetail problem = problem(HttpStatus.PAYMENT_REQUIRED, "payment.declined", e.getMessage());
        Failure failure = e.failure();
        if (failure != null) {
            problem.setProperty("tossCode", failure.code());
            problem.setProperty("tossMessage", failure.message());
        }
        return problem;
    }

    private static ProblemDetail problem(HttpStatus status, String code, @Nullable String detail) {
        return CodedProblem.of(status, code, detail);
    }
}
