package dev.wonflow.order.order.web;

import dev.wonflow.order.cart.InvalidField;
import dev.wonflow.order.order.CancelRefused;
import dev.wonflow.order.order.IllegalTransition;
import dev.wonflow.order.order.OrderNotFound;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every error of orders as a problem (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class Problems {

    private static final ProblemKind NOT_FOUND = new ProblemKind(404, "order.not-found");
    private static final ProblemKind ILLEGAL_STEP = new ProblemKind(409, "order.illegal-step");
    private static final ProblemKind PAYMENT_CHECKING = new ProblemKind(409, "order.payment-checking");
    private static final ProblemKind REFUND_NEEDED = new ProblemKind(409, "order.refund-needed");

    @ExceptionHandler
    ProblemDetail on(InvalidField e) {
        return CodedProblem.ofField(ProblemKind.INVALID, e.field(), e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(OrderNotFound e) {
        return CodedProblem.of(NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(IllegalTransition e) {
        return CodedProblem.of(ILLEGAL_STEP, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(CancelRefused e) {
        ProblemKind kind = switch (e.why()) {
            case CHECKING -> PAYMENT_CHECKING;
            case PAID -> REFUND_NEEDED;
        };
        return CodedProblem.of(kind, e.getMessage());
    }
}
