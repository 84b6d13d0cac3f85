package dev.wonflow.webhook.web;

import dev.wonflow.web.CodedProblem;
import dev.wonflow.webhook.Refusal;
import dev.wonflow.webhook.WebhookRefused;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every refusal as a problem (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
final class WebhookProblems {

    /** Long enough for a leader election, short enough to be worth waiting for. */
    private static final String RETRY_AFTER_SECONDS = "10";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(WebhookRefused e) {
        return ResponseEntity.status(e.refusal().problem().status())
                .headers(headers -> headers(e.refusal(), headers))
                .body(problem(e));
    }

    static ProblemDetail problem(WebhookRefused e) {
        return CodedProblem.of(e.refusal().problem(), e.detail());
    }

    private static void headers(Refusal refusal, HttpHeaders headers) {
        switch (refusal) {
            case SECRET_MISSING, KAFKA_UNAVAILABLE, OVERLOADED ->
                headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            // RFC 9110 wants a challenge with every 401.
            case SIGNATURE_WRONG, SIGNATURE_MISSING ->
                headers.set(HttpHeaders.WWW_AUTHENTICATE, "TossPayments-Webhook-Signature");
            case UNKNOWN_CODING -> {
                headers.set(HttpHeaders.ACCEPT_ENCODING, "gzip, identity");
                headers.set(HttpHeaders.CONNECTION, "close");
            }
            // The rest of the body, should it ever come, must not be taken for a request.
            case BODY_TOO_SLOW, BODY_TOO_LARGE, BROKEN_BODY -> headers.set(HttpHeaders.CONNECTION, "close");
            case EMPTY_BODY, NOT_JSON, SOURCE_NOT_ALLOWED -> {}
        }
    }
}
