package dev.wonflow.order.order.web;

import dev.wonflow.order.cart.InvalidField;
import dev.wonflow.order.document.MalformedDocument;
import dev.wonflow.order.order.CancelRefused;
import dev.wonflow.order.order.IllegalTransition;
import dev.wonflow.order.order.OrderNotFound;
import dev.wonflow.web.CodedProblem;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every error of orders as a problem (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class Problems {

    @ExceptionHandler
    ProblemDetail on(MalformedDocument e) {
        return CodedProblem.of(HttpStatus.BAD_REQUEST, "request.malformed", e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(InvalidField e) {
        ProblemDetail problem = CodedProblem.of(HttpStatus.UNPROCESSABLE_CONTENT, "request.invalid", e.getMessage());
        problem.setProperty("field", e.field());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail on(OrderNotFound e) {
        return CodedProblem.of(HttpStatus.NOT_FOUND, "order.not-found", e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(IllegalTransition e) {
        return CodedProblem.of(HttpStatus.CONFLICT, "order.illegal-step", e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(CancelRefused e) {
        String code = switch (e.why()) {
            case CHECKING -> "order.payment-checking";
            case PAID -> "order.refund-needed";
        };
        return CodedProblem.of(HttpStatus.CONFLICT, code, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(OptimisticLockingFailureException e) {
        return CodedProblem.of(HttpStatus.CONFLICT, "order.changed-meanwhile", e.getMessage());
    }
}
