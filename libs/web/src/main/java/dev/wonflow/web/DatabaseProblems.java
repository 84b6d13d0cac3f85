package dev.wonflow.web;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * A database that does not answer, or has no turn for us, is nobody's mistake and over some time: the caller is told to
 * come back.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseProblems {

    private static final Logger log = LoggerFactory.getLogger(DatabaseProblems.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        PessimisticLockingFailureException.class,
        QueryTimeoutException.class,
        RecoverableDataAccessException.class,
        // A commit or rollback on a connection that is gone; whatever failed before it is not told any more.
        TransactionSystemException.class,
        TransientDataAccessResourceException.class
    })
    ResponseEntity<ProblemDetail> onDatabaseAway(Exception e) {
        log.warn("The database does not answer: {}", e.getMessage());
        return CodedProblem.answer(
                ProblemKind.UNAVAILABLE, RETRY_AFTER, "database: no answer (expected: try again shortly)");
    }

    /** Nobody's mistake either, and over at once. */
    @ExceptionHandler
    ProblemDetail onOvertaken(OptimisticLockingFailureException e) {
        log.debug("A request was overtaken", e);
        return CodedProblem.of(
                ProblemKind.OVERTAKEN,
                "state: changed by another request meanwhile (expected: the same request again)");
    }
}
