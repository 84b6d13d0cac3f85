package dev.wonflow.subscription.subscription.web;

import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors as problems (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class SubscriptionProblems {

    private static final ProblemKind NOT_FOUND = new ProblemKind(404, "subscription.not-found");

    @ExceptionHandler
    ProblemDetail on(SubscriptionController.NoSubscription e) {
        return CodedProblem.of(NOT_FOUND, e.getMessage());
    }
}
