package dev.wonflow.subscription.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Errors as problems (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class SubscriptionProblems extends ResponseEntityExceptionHandler {

    @ExceptionHandler
    ProblemDetail on(SubscriptionController.NoSubscription e) {
        return problem(HttpStatus.NOT_FOUND, "subscription.not-found", e);
    }

    @ExceptionHandler
    ProblemDetail on(RequestTenant.UnusableTenant e) {
        return problem(HttpStatus.BAD_REQUEST, "tenant.unusable", e);
    }

    private static ProblemDetail problem(HttpStatus status, String code, Exception e) {
        return coded(ProblemDetail.forStatusAndDetail(status, e.getMessage()), code);
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

    private static ProblemDetail coded(ProblemDetail problem, String code) {
        problem.setType(URI.create("urn:wonflow:problem:" + code));
        problem.setProperty("code", code);
        return problem;
    }
}
