package dev.wonflow.subscription.subscription.web;

import dev.wonflow.subscription.subscription.BillingMethodAwaited;
import dev.wonflow.subscription.subscription.SubscriptionNotFound;
import dev.wonflow.subscription.subscription.SubscriptionRefused;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import java.time.Duration;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors as problems (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class SubscriptionProblems {

    private static final ProblemKind NOT_FOUND = new ProblemKind(404, "subscription.not-found");
    private static final ProblemKind EXISTS = new ProblemKind(409, "subscription.exists");
    private static final ProblemKind NOT_POSSIBLE = new ProblemKind(409, "subscription.not-possible");
    private static final ProblemKind PAYMENT_OUTSTANDING = new ProblemKind(409, "subscription.payment-outstanding");
    private static final ProblemKind METHOD_MISSING = new ProblemKind(422, "subscription.method-missing");
    private static final ProblemKind METHOD_UNKNOWN = new ProblemKind(422, "subscription.method-unknown");
    private static final ProblemKind METHOD_AWAITED = new ProblemKind(503, "subscription.method-awaited");
    private static final ProblemKind ANOTHER_PRODUCT = new ProblemKind(422, "subscription.another-product");
    private static final ProblemKind TAXED_OTHERWISE = new ProblemKind(409, "subscription.taxed-otherwise");
    private static final ProblemKind QUANTITY = new ProblemKind(422, "subscription.quantity");
    private static final ProblemKind NOT_ON_SALE = new ProblemKind(422, "subscription.plan-not-on-sale");
    private static final ProblemKind COUPON = new ProblemKind(422, "coupon.not-valid");

    private static final Duration KNOWN_AFTER = Duration.ofSeconds(1);

    @ExceptionHandler
    ProblemDetail on(SubscriptionNotFound e) {
        return CodedProblem.of(NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(SubscriptionRefused e) {
        return CodedProblem.of(kind(e.reason()), e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(BillingMethodAwaited e) {
        return CodedProblem.answer(METHOD_AWAITED, KNOWN_AFTER, e.getMessage());
    }

    private static ProblemKind kind(SubscriptionRefused.Reason reason) {
        return switch (reason) {
            case EXISTS -> EXISTS;
            case NOT_POSSIBLE -> NOT_POSSIBLE;
            case PAYMENT_OUTSTANDING -> PAYMENT_OUTSTANDING;
            case METHOD_MISSING -> METHOD_MISSING;
            case METHOD_UNKNOWN -> METHOD_UNKNOWN;
            case ANOTHER_PRODUCT -> ANOTHER_PRODUCT;
            case TAXED_OTHERWISE -> TAXED_OTHERWISE;
            case QUANTITY -> QUANTITY;
            case PLAN_NOT_ON_SALE -> NOT_ON_SALE;
            case COUPON -> COUPON;
        };
    }
}
