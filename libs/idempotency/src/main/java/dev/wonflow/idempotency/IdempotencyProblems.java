package dev.wonflow.idempotency;

import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What is wrong with keys. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class IdempotencyProblems {

    private static final ProblemKind KEY_INVALID = new ProblemKind(400, "idempotency.key-invalid");
    private static final ProblemKind KEY_REUSED = new ProblemKind(422, "idempotency.key-reused");
    private static final ProblemKind IN_FLIGHT = new ProblemKind(409, "idempotency.in-flight");

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @ExceptionHandler
    ProblemDetail on(KeyUnusable e) {
        return CodedProblem.of(KEY_INVALID, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(KeyReused e) {
        return CodedProblem.of(KEY_REUSED, e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(RequestInFlight e) {
        return CodedProblem.answer(IN_FLIGHT, RETRY_AFTER, e.getMessage());
    }
}
