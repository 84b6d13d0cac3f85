package dev.wonflow.order.web;

import dev.wonflow.order.CancelRefused;
import dev.wonflow.order.IllegalTransition;
import dev.wonflow.order.OrderNotFound;
import dev.wonflow.order.cart.InvalidField;
import dev.wonflow.order.document.MalformedDocument;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every error as a problem (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private static final String RETRY_AFTER_SECONDS = "2";

    @ExceptionHandler
    ProblemDetail on(MalformedDocument e) {
        return problem(HttpStatus.BAD_REQUEST, "request.malformed", e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(InvalidField e) {
        ProblemDetail problem = problem(HttpStatus.UNPROCESSABLE_CONTENT, "request.invalid", e.getMessage());
        problem.setProperty("field", e.field());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail on(OrderNotFound e) {
        return problem(HttpStatus.NOT_FOUND, "order.not-found", e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(IllegalTransition e) {
        return problem(HttpStatus.CONFLICT, "order.illegal-step", e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(CancelRefused e) {
        String code = switch (e.why()) {
            case CHECKING -> "order.payment-checking";
            case PAID -> "order.refund-needed";
        };
        return problem(HttpStatus.CONFLICT, code, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(OptimisticLockingFailureException e) {
        return problem(HttpStatus.CONFLICT, "order.changed-meanwhile", e.getMessage());
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class
    })
    ResponseEntity<ProblemDetail> onDatabaseAway(Exception e) {
        log.warn("Database does not answer: {}", e.getMessage());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "service.unavailable",
                        "database: no answer (expected: try again shortly)"));
    }

    @ExceptionHandler
    ProblemDetail onAnythingElse(Exception e) {
        log.error("Request failed for a reason nobody foresaw", e);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "service.internal", "an error of ours; the log has more");
    }

    /** The framework's own complaints get a code too: {@code request.method-not-allowed} and the like. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            HttpStatus known = HttpStatus.resolve(status.value());
            String name = known == null
                    ? "refused"
                    : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
            code(problem, "request." + name);
        }
        return super.createResponseEntity(body, headers, status, request);
    }

    private static ProblemDetail problem(HttpStatus status, String code, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        code(problem, code);
        return problem;
    }

    private static void code(ProblemDetail problem, String code) {
        problem.setType(URI.create("urn:wonflow:problem:" + code));
        problem.setProperty("code", code);
    }
}
