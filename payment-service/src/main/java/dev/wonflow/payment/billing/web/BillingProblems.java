package dev.wonflow.payment.billing.web;

import dev.wonflow.payment.billing.BillingMethodNotFound;
import dev.wonflow.payment.billing.BillingNotKnown;
import dev.wonflow.payment.billing.BillingNotSetUp;
import dev.wonflow.payment.billing.BillingRefused;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import java.time.Duration;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns what went wrong with billing methods into problem details (RFC 9457) with a code programs can rely on. */
@RestControllerAdvice
class BillingProblems {

    private static final ProblemKind NOT_FOUND = new ProblemKind(404, "billing.method-not-found");
    private static final ProblemKind CUSTOMER_KEY_DIFFERS = new ProblemKind(422, "billing.customer-key-differs");
    private static final ProblemKind AUTHORIZATION_USED = new ProblemKind(422, "billing.authorization-used");
    private static final ProblemKind DECLINED = new ProblemKind(422, "billing.declined");
    private static final ProblemKind NOT_KNOWN = new ProblemKind(503, "billing.not-known");
    private static final ProblemKind NOT_SET_UP = new ProblemKind(503, "billing.not-set-up");

    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(2);
    private static final Duration SET_UP_AFTER = Duration.ofMinutes(1);

    @ExceptionHandler
    ProblemDetail on(BillingMethodNotFound e) {
        return CodedProblem.of(NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(BillingRefused e) {
        ProblemDetail problem = CodedProblem.of(kind(e.reason()), e.getMessage());
        Failure failure = e.failure();
        if (failure != null) {
            problem.setProperty("tossCode", failure.code());
            problem.setProperty("tossMessage", failure.message());
        }
        return problem;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(BillingNotKnown e) {
        return CodedProblem.answer(NOT_KNOWN, ASK_AGAIN_AFTER, e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(BillingNotSetUp e) {
        return CodedProblem.answer(NOT_SET_UP, SET_UP_AFTER, e.getMessage());
    }

    private static ProblemKind kind(BillingRefused.Reason reason) {
        return switch (reason) {
            case CUSTOMER_KEY_DIFFERS -> CUSTOMER_KEY_DIFFERS;
            case AUTHORIZATION_USED -> AUTHORIZATION_USED;
            case DECLINED -> DECLINED;
        };
    }
}
