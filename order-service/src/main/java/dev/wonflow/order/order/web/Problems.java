package dev.wonflow.order.order.web;

import dev.wonflow.order.cart.InvalidField;
import dev.wonflow.order.order.CancelRefused;
import dev.wonflow.order.order.IllegalTransition;
import dev.wonflow.order.order.OrderNotFound;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.json.Complaint;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.core.JacksonException;

/** Every error of orders as a problem (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class Problems {

    /** A body that is no JSON is malformed; one with a field of another kind is readable, and the field invalid. */
    @ExceptionHandler
    ProblemDetail on(HttpMessageNotReadableException e) {
        String detail = e.getCause() instanceof JacksonException unreadable
                ? Complaint.about(unreadable)
                : "body: empty (expected: a JSON object)";
        String field = detail.substring(0, detail.indexOf(':'));
        return field.equals("body")
                ? CodedProblem.of(HttpStatus.BAD_REQUEST, "request.malformed", detail)
                : invalid(field, detail);
    }

    @ExceptionHandler
    ProblemDetail on(InvalidField e) {
        return invalid(e.field(), e.getMessage());
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

    private static ProblemDetail invalid(String field, @Nullable String detail) {
        ProblemDetail problem = CodedProblem.of(HttpStatus.UNPROCESSABLE_CONTENT, "request.invalid", detail);
        problem.setProperty("field", field);
        return problem;
    }
}
