package dev.wonflow.subscription.plan.web;

import dev.wonflow.subscription.plan.ManageCatalogue;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors as problems (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class PlanProblems {

    private static final ProblemKind NOT_FOUND = new ProblemKind(404, "plan.not-found");
    private static final ProblemKind ANOTHER_PRODUCT = new ProblemKind(409, "plan.another-product");

    @ExceptionHandler
    ProblemDetail on(PlanController.NoPlan e) {
        return CodedProblem.of(NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(ManageCatalogue.ProductDiffers e) {
        return CodedProblem.of(ANOTHER_PRODUCT, e.getMessage());
    }
}
