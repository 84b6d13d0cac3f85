package dev.wonflow.outbox;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The outbox's column for traces, which came after the first version of the table. Copies of a service from before do
 * not start on a table that has it, so it is no migration: it comes at the start of a service whose database is new, or
 * when the settings say that no such copy will be started any more. Until then messages go without their trace.
 */
final class TraceparentColumn {

    private static final Logger log = LoggerFactory.getLogger(TraceparentColumn.class);

    private static final String TYPE = """
        SELECT format_type(atttypid, atttypmod) FROM pg_attribute
        WHERE attrelid = to_regclass('outbox') AND attname = 'traceparent' AND NOT attisdropped
        """;

    /** The check binds new rows only, since old ones need no look and appends wait meanwhile. */
    private static final List<String> ADD = List.of(
            "ALTER TABLE outbox ADD COLUMN traceparent text",
            "ALTER TABLE outbox ADD CONSTRAINT outbox_traceparent_check CHECK (length(traceparent) = 55) NOT VALID",
            "COMMENT ON COLUMN outbox.traceparent IS"
                    + " 'W3C Trace Context, header of the same name; null outside any trace'");

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final PublishedHorizon published;
    private final OutboxProperties settings;
    private volatile boolean there;

    TraceparentColumn(
            JdbcClient jdbc,
            TransactionOperations transactions,
            PublishedHorizon published,
            OutboxProperties settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.published = published;
        this.settings = settings;
    }

    /** As of the last look: another copy of the service may have added it since. */
    boolean isThere() {
        return there;
    }

    /** Takes a first look, and says so if messages go without their trace. */
    void start() {
        runOnce();
        if (!there && !mayCome()) {
            log.info(
                    "Messages carry no trace yet, since the version before could not start on an outbox with the column"
                            + " traceparent. When no copy of it will be started any more, set"
                            + " wonflow.outbox.traceparent-column=always");
        }
    }

    /**
     * Takes one look, and adds the column if it may come. One that finds the table in use leaves it to the next run.
     *
     * @throws IllegalStateException if there is a column of that name and another type
     */
    void runOnce() {
        if (!there) {
            there = exists() || (mayCome() && add());
        }
    }

    private boolean mayCome() {
        return switch (settings.traceparentColumn()) {
            case ALWAYS -> true;
            case IN_NEW_DATABASES -> !published.hasPublished();
        };
    }

    private boolean exists() {
        String type = jdbc.sql(TYPE).query(String.class).optional().orElse("none");
        if (!type.equals("text") && !type.equals("none")) {
            throw new IllegalStateException("table outbox: column traceparent is " + type + " (expected: text)");
        }
        return type.equals("text");
    }

    private boolean add() {
        try {
            transactions.executeWithoutResult(_ -> {
                LockTimeout.set(jdbc, settings.lockTimeout());
                // Another copy may be adding it: the second one finds it once it has the lock.
                jdbc.sql("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE").update();
                if (!exists()) {
                    ADD.forEach(statement -> jdbc.sql(statement).update());
                    log.info("Column traceparent added to the outbox; the relay reads it from its next start on");
                }
            });
            return true;
        } catch (DataAccessException e) {
            if (!LockTimeout.isCauseOf(e)) {
                throw e;
            }
            log.info("The outbox is in use; column traceparent is added at the next run of its housekeeping");
            return false;
        }
    }
}
