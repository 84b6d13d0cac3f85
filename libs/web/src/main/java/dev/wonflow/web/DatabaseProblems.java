package dev.wonflow.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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

    private static final String RETRY_AFTER_SECONDS = "2";

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
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(CodedProblem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "service.unavailable",
                        "database: no answer (expected: try again shortly)"));
    }
}
