package dev.wonflow.payment.payment.web;

import dev.wonflow.access.Caller;
import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.TossBusy;
import dev.wonflow.payment.payment.AccountNotFound;
import dev.wonflow.payment.payment.AwaitedPayments;
import dev.wonflow.payment.payment.ConfirmRefused;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.PriceRefused;
import dev.wonflow.payment.plan.CatalogueNotRead;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns what went wrong with payments into problem details (RFC 9457) with a code programs can rely on. */
@RestControllerAdvice
class Problems {

    private static final ProblemKind NOT_CREATED_YET = new ProblemKind(503, "payment.not-created-yet");
    static final ProblemKind NOT_FOUND = new ProblemKind(404, "payment.not-found");
    private static final ProblemKind AMOUNT_MISMATCH = new ProblemKind(422, "payment.amount-mismatch");
    private static final ProblemKind ANOTHER_ATTEMPT_RUNNING = new ProblemKind(409, "payment.another-attempt-running");
    private static final ProblemKind ACCOUNT_ASKED_FOR = new ProblemKind(409, "payment.account-asked-for");
    private static final ProblemKind ACCOUNT_REFUSED = new ProblemKind(422, "payment.account-refused");
    private static final ProblemKind NO_ACCOUNT = new ProblemKind(404, "payment.no-account");
    private static final ProblemKind ORDER_CLOSED = new ProblemKind(409, "payment.order-closed");
    private static final ProblemKind TOO_MANY_ATTEMPTS = new ProblemKind(429, "payment.too-many-attempts");
    private static final ProblemKind NOT_OPEN = new ProblemKind(409, "payment.not-open");
    private static final ProblemKind KEY_TAKEN = new ProblemKind(409, "payment.key-taken");
    private static final ProblemKind PLAN_NOT_ON_SALE = new ProblemKind(422, "plan.not-on-sale");
    private static final ProblemKind PLAN_ANOTHER_PRICE = new ProblemKind(422, "plan.another-price");
    private static final ProblemKind PLAN_CATALOGUE_NOT_READ = new ProblemKind(503, "plan.catalogue-not-read");
    private static final ProblemKind TOSS_BUSY = new ProblemKind(503, "payment.toss-busy");
    private static final ProblemKind DECLINED = new ProblemKind(402, "payment.declined");

    /** Long enough for an event on its way to arrive, short enough for a buyer who waits. */
    private static final Duration ORDER_RETRY_AFTER = Duration.ofSeconds(2);

    /** As long as a call takes while Toss is only a little slow. */
    private static final Duration TOSS_RETRY_AFTER = Duration.ofSeconds(2);

    private static final Duration CATALOGUE_RETRY_AFTER = Duration.ofSeconds(5);

    private final AwaitedPayments awaitedPayments;

    Problems(AwaitedPayments awaitedPayments) {
        this.awaitedPayments = awaitedPayments;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(PaymentNotFound e, Caller caller) {
        if (awaitedPayments.isAwaited(caller.tenant(), e.id())) {
            return CodedProblem.answer(
                    NOT_CREATED_YET,
                    ORDER_RETRY_AFTER,
                    "payment of " + e.id() + ": not here yet (expected: the same request again, shortly)");
        }
        return ResponseEntity.status(NOT_FOUND.status()).body(CodedProblem.of(NOT_FOUND, e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(ConfirmRefused e) {
        ProblemDetail problem = refusal(e);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
        Duration retryAfter = e.retryAfter();
        if (retryAfter != null) {
            // Rounded up: a caller that comes a moment early is refused again.
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds() + 1));
        }
        return answer.body(problem);
    }

    private static ProblemDetail refusal(ConfirmRefused e) {
        return switch (e.reason()) {
            case AMOUNT_MISMATCH -> CodedProblem.of(AMOUNT_MISMATCH, e.getMessage());
            case ANOTHER_ATTEMPT_RUNNING -> CodedProblem.of(ANOTHER_ATTEMPT_RUNNING, e.getMessage());
            case ACCOUNT_ASKED_FOR -> CodedProblem.of(ACCOUNT_ASKED_FOR, e.getMessage());
            case ORDER_CLOSED -> CodedProblem.of(ORDER_CLOSED, e.getMessage());
            case TOO_MANY_ATTEMPTS -> CodedProblem.of(TOO_MANY_ATTEMPTS, e.getMessage());
            case NOT_OPEN -> CodedProblem.of(NOT_OPEN, e.getMessage());
            case KEY_TAKEN -> CodedProblem.of(KEY_TAKEN, e.getMessage());
        };
    }

    @ExceptionHandler
    ProblemDetail on(PriceRefused e) {
        Money price = e.price();
        if (price == null) {
            return CodedProblem.of(PLAN_NOT_ON_SALE, e.getMessage());
        }
        ProblemDetail problem = CodedProblem.of(PLAN_ANOTHER_PRICE, e.getMessage());
        problem.setProperty("expectedAmount", price.won());
        return problem;
    }

    /** Soon over: the catalogue is told when subscription-service starts. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(CatalogueNotRead e) {
        return CodedProblem.answer(PLAN_CATALOGUE_NOT_READ, CATALOGUE_RETRY_AFTER, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(AccountNotFound e) {
        return CodedProblem.of(NO_ACCOUNT, e.getMessage());
    }

    /** An answer and no exception, as below. */
    static ProblemDetail accountRefused(Payment payment, Failure failure) {
        ProblemDetail problem = CodedProblem.of(
                ACCOUNT_REFUSED,
                "payment " + payment.id() + ": Toss opened no account (expected: another request, as tossCode says)");
        problem.setProperty("tossCode", failure.code());
        problem.setProperty("tossMessage", failure.message());
        return problem;
    }

    /** Whatever the caller wanted of Toss: nothing was begun for it. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(TossBusy e) {
        return CodedProblem.answer(TOSS_BUSY, TOSS_RETRY_AFTER, e.getMessage());
    }

    /** An answer and no exception: it tells of something done, and is kept with the request's key. */
    static ProblemDetail declined(Payment payment) {
        ProblemDetail problem =
                CodedProblem.of(DECLINED, "payment " + payment.id() + " took no money; another attempt is possible");
        Failure failure = payment.failure();
        if (failure != null) {
            problem.setProperty("tossCode", failure.code());
            problem.setProperty("tossMessage", failure.message());
        }
        return problem;
    }
}
