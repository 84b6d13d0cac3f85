package dev.wonflow.inbox;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Why a message was not handled, which decides how often it is tried again. */
enum Fault {
    /** The message itself; no retry helps. */
    UNREADABLE,
    /** Something the service stands on is away: database or broker. The message may be perfectly healthy. */
    SURROUNDINGS,
    /** Something this service will be told but has not been told yet. The message is healthy. */
    TOO_EARLY,
    /** Anything else: a bug of ours, or a message nobody thought of. */
    UNEXPECTED;

    static Fault of(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Fault fault = UNEXPECTED;
        for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof UnreadableMessage) {
                return UNREADABLE;
            }
            if (cause instanceof MessageTooEarly) {
                return TOO_EARLY;
            }
            if (isOfSurroundings(cause)) {
                fault = SURROUNDINGS;
            }
        }
        return fault;
    }

    private static boolean isOfSurroundings(Throwable cause) {
        return switch (cause) {
            // Someone else was faster. A few retries settle it; one that never does is a bug, not a database that is
            // away.
            case OptimisticLockingFailureException _ -> false;
            case TransientDataAccessException _,
                    RecoverableDataAccessException _,
                    DataAccessResourceFailureException _,
                    CannotCreateTransactionException _,
                    TransactionSystemException _,
                    RetriableException _ -> true;
            case SQLException sql -> isOfSurroundings(sql.getSQLState());
            default -> false;
        };
    }

    /** See the PostgreSQL manual, appendix "PostgreSQL Error Codes". */
    private static boolean isOfSurroundings(@Nullable String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08") // connection
                        || sqlState.startsWith("40") // deadlock, serialization: the transaction was a victim
                        || sqlState.startsWith("53") // disk full, too many connections
                        || sqlState.startsWith("57P") // shutdown, start-up, crash of another session
                        || sqlState.startsWith("58") // input or output failed
                        || sqlState.equals("25006")); // a standby took over and this connection still holds the old one
    }
}
