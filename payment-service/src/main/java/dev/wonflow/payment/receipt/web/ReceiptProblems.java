package dev.wonflow.payment.receipt.web;

import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.receipt.ReceiptRefused;
import dev.wonflow.payment.receipt.ReceiptRequest;
import dev.wonflow.payment.receipt.ReceiptRequestNotFound;
import dev.wonflow.payment.receipt.ReceiptRequestNotStuck;
import dev.wonflow.payment.receipt.ReceiptsNotSetUp;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns what went wrong with cash receipts into problem details (RFC 9457) with a code programs can rely on. */
@RestControllerAdvice
class ReceiptProblems {

    private static final ProblemKind NOT_POSSIBLE = new ProblemKind(409, "receipt.not-possible");
    private static final ProblemKind EXISTS = new ProblemKind(409, "receipt.exists");
    private static final ProblemKind DECLINED = new ProblemKind(422, "receipt.declined");
    private static final ProblemKind KEY_REUSED = new ProblemKind(422, "receipt.key-reused");
    private static final ProblemKind REQUEST_NOT_FOUND = new ProblemKind(404, "receipt.request-not-found");
    private static final ProblemKind REQUEST_NOT_STUCK = new ProblemKind(409, "receipt.request-not-stuck");
    private static final ProblemKind NOT_SET_UP = new ProblemKind(503, "receipt.not-set-up");

    @ExceptionHandler
    ProblemDetail on(ReceiptRefused e) {
        return switch (e.reason()) {
            case NOT_POSSIBLE -> CodedProblem.of(NOT_POSSIBLE, e.getMessage());
            case EXISTS -> CodedProblem.of(EXISTS, e.getMessage());
            case KEY_REUSED -> CodedProblem.of(KEY_REUSED, e.getMessage());
        };
    }

    @ExceptionHandler
    ProblemDetail on(ReceiptRequestNotFound e) {
        return CodedProblem.of(REQUEST_NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(ReceiptRequestNotStuck e) {
        return CodedProblem.of(REQUEST_NOT_STUCK, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(ReceiptsNotSetUp e) {
        return CodedProblem.of(NOT_SET_UP, e.getMessage());
    }

    /** Nothing was issued, and the same request is looked at afresh. */
    static ProblemDetail declined(ReceiptRequest request) {
        ProblemDetail problem = CodedProblem.of(
                DECLINED,
                "cash receipt request " + request.id()
                        + " brought no receipt (expected: another request, as tossCode says)");
        Failure failure = request.failure();
        if (failure != null) {
            problem.setProperty("tossCode", failure.code());
        }
        return problem;
    }
}
