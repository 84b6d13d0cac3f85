package dev.wonflow.subscription.subscription.web;

import dev.wonflow.web.CodedProblem;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors as problems (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class SubscriptionProblems {

    @ExceptionHandler
    ProblemDetail on(SubscriptionController.NoSubscription e) {
        return CodedProblem.of(HttpStatus.NOT_FOUND, "subscription.not-found", e.getMessage());
    }
}
