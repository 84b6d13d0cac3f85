package dev.wonflow.outbox;

import java.sql.SQLException;
import java.time.Duration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps a change of the table from queueing for its lock, since appends would wait behind it. */
final class LockTimeout {

    /** What PostgreSQL answers then; Spring has no exception of its own for it. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private LockTimeout() {}

    /** Bounds every wait for a lock of the current transaction. */
    static void set(JdbcClient jdbc, Duration longestWait) {
        jdbc.sql("SELECT set_config('lock_timeout', :timeout, true)")
                .param("timeout", longestWait.toMillis() + "ms")
                .query(String.class)
                .single();
    }

    static boolean isCauseOf(DataAccessException e) {
        return e.getRootCause() instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
    }
}
