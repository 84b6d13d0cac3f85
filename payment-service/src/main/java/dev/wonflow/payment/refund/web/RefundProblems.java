package dev.wonflow.payment.refund.web;

import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.refund.ApprovalRefused;
import dev.wonflow.payment.refund.Refund;
import dev.wonflow.payment.refund.RefundNotFound;
import dev.wonflow.payment.refund.RefundRefused;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns what went wrong with refunds into problem details (RFC 9457) with a code programs can rely on. */
@RestControllerAdvice
class RefundProblems {

    private static final ProblemKind NOT_POSSIBLE = new ProblemKind(409, "refund.not-possible");
    private static final ProblemKind EXCEEDS_BALANCE = new ProblemKind(409, "refund.exceeds-balance");
    private static final ProblemKind BALANCE_DIFFERS = new ProblemKind(409, "refund.balance-differs");
    private static final ProblemKind TAX_FREE_EXCEEDS = new ProblemKind(422, "refund.tax-free-exceeds");
    private static final ProblemKind ACCOUNT_MISSING = new ProblemKind(422, "refund.account-missing");
    private static final ProblemKind NOT_FOUND = new ProblemKind(404, "refund.not-found");
    private static final ProblemKind APPROVAL_NOT_NEEDED = new ProblemKind(409, "refund.approval-not-needed");
    private static final ProblemKind APPROVAL_DECIDED = new ProblemKind(409, "refund.approval-decided");
    private static final ProblemKind APPROVAL_SAME_PERSON = new ProblemKind(403, "refund.approval-same-person");
    private static final ProblemKind DECLINED = new ProblemKind(422, "refund.declined");
    private static final ProblemKind REJECTED = new ProblemKind(422, "refund.rejected");
    private static final ProblemKind KEY_REUSED = new ProblemKind(422, "refund.key-reused");

    @ExceptionHandler
    ProblemDetail on(RefundNotFound e) {
        return CodedProblem.of(NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(ApprovalRefused e) {
        return switch (e.reason()) {
            case NOT_NEEDED -> CodedProblem.of(APPROVAL_NOT_NEEDED, e.getMessage());
            case DECIDED -> CodedProblem.of(APPROVAL_DECIDED, e.getMessage());
            case SAME_PERSON -> CodedProblem.of(APPROVAL_SAME_PERSON, e.getMessage());
        };
    }

    @ExceptionHandler
    ProblemDetail on(RefundRefused e) {
        ProblemDetail problem = CodedProblem.of(kind(e.reason()), e.getMessage());
        problem.setProperty("refundableAmount", e.refundable().won());
        return problem;
    }

    private static ProblemKind kind(RefundRefused.Reason reason) {
        return switch (reason) {
            case NOT_POSSIBLE -> NOT_POSSIBLE;
            case EXCEEDS_BALANCE -> EXCEEDS_BALANCE;
            case BALANCE_DIFFERS -> BALANCE_DIFFERS;
            case TAX_FREE_EXCEEDS -> TAX_FREE_EXCEEDS;
            case ACCOUNT_MISSING -> ACCOUNT_MISSING;
            case KEY_REUSED -> KEY_REUSED;
        };
    }

    /** Nothing went back, and the same request is looked at afresh. */
    static ProblemDetail declined(Refund refund) {
        Failure why = refund.failure();
        if (why != null && refund.isRejected()) {
            return CodedProblem.of(
                    REJECTED,
                    "refund " + refund.id() + ": a second person did not agree (expected: another request, once that"
                            + " is settled): " + why.message());
        }
        ProblemDetail problem = CodedProblem.of(
                DECLINED, "refund " + refund.id() + " gave nothing back (expected: another request, as tossCode says)");
        Failure failure = refund.failure();
        if (failure != null) {
            problem.setProperty("tossCode", failure.code());
            problem.setProperty("tossMessage", failure.message());
        }
        return problem;
    }
}
