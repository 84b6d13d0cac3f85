package dev.wonflow.webhook.web;

import dev.wonflow.webhook.Refusal;
import dev.wonflow.webhook.WebhookRefused;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every refusal as a problem (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
final class WebhookProblems extends ResponseEntityExceptionHandler {

    /** Long enough for a leader election, short enough to be worth waiting for. */
    private static final String RETRY_AFTER_SECONDS = "10";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(WebhookRefused e) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(e.refusal().status()).headers(headers -> headers(e.refusal(), headers));
        return answer.body(problem(
                HttpStatusCode.valueOf(e.refusal().status()), e.refusal().code(), e.detail()));
    }

    private static void headers(Refusal refusal, HttpHeaders headers) {
        switch (refusal) {
            case SECRET_MISSING, KAFKA_UNAVAILABLE, OVERLOADED ->
                headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            // RFC 9110 wants a challenge with every 401.
            case SIGNATURE_WRONG, SIGNATURE_MISSING ->
                headers.set(HttpHeaders.WWW_AUTHENTICATE, "TossPayments-Webhook-Signature");
            // The rest of the body, should it ever come, must not be taken for a request.
            case BODY_TOO_SLOW, BODY_TOO_LARGE, BROKEN_BODY -> headers.set(HttpHeaders.CONNECTION, "close");
            case EMPTY_BODY, NOT_JSON -> {}
        }
    }

    static ProblemDetail problem(HttpStatusCode status, String code, String detail) {
        return coded(ProblemDetail.forStatusAndDetail(status, detail), code);
    }

    private static ProblemDetail coded(ProblemDetail problem, String code) {
        problem.setType(URI.create("urn:wonflow:problem:" + code));
        problem.setProperty("code", code);
        return problem;
    }

    /** Gives the framework's own problems (wrong method, unknown path) a code as well. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            coded(problem, "http." + status.value());
        }
        return super.createResponseEntity(body, headers, status, request);
    }
}
