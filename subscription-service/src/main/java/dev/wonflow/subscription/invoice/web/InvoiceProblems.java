package dev.wonflow.subscription.invoice.web;

import dev.wonflow.subscription.invoice.GiveReductions;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors as problems (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class InvoiceProblems {

    private static final ProblemKind NOT_FOUND = new ProblemKind(404, "invoice.not-found");
    private static final ProblemKind NONE_TO_COME = new ProblemKind(404, "invoice.none-to-come");
    private static final ProblemKind COUPON_NOT_FOUND = new ProblemKind(404, "coupon.not-found");
    private static final ProblemKind CREDIT_EXISTS = new ProblemKind(409, "credit.exists");
    private static final ProblemKind COUPON_EXISTS = new ProblemKind(409, "coupon.exists");

    @ExceptionHandler
    ProblemDetail on(InvoiceController.NoInvoice e) {
        return CodedProblem.of(NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(InvoiceController.NoneToCome e) {
        return CodedProblem.of(NONE_TO_COME, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(ReductionController.NoCoupon e) {
        return CodedProblem.of(COUPON_NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(GiveReductions.CreditExists e) {
        return CodedProblem.of(CREDIT_EXISTS, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(GiveReductions.CouponExists e) {
        return CodedProblem.of(COUPON_EXISTS, e.getMessage());
    }
}
