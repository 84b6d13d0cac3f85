package dev.wonflow.inbox;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Forgets claims no redelivery can ask for any more, and how far news had come that was told equally long ago: what is
 * older than that news is not in Kafka any more either.
 *
 * <p>Age is measured by the database's clock, not by the service's: Kafka forgets messages in real time, so a business
 * clock that is moved ahead must not make old messages look new.
 */
public final class InboxRetention {

    private static final Logger log = LoggerFactory.getLogger(InboxRetention.class);

    /** Ends a run that would otherwise hold on to a very large backlog; the next run goes on. */
    private static final int MAX_BATCHES_PER_RUN = 1_000;

    /** Skips rows another copy of the service is deleting at the same time. */
    private static final String DELETE_CLAIMS = """
        DELETE FROM inbox
        WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM inbox
            WHERE claimed_at < now() - make_interval(secs => :seconds)
            LIMIT :batch
            FOR UPDATE SKIP LOCKED))
        """;

    private static final String DELETE_SEQUENCES = """
        DELETE FROM inbox_sequence
        WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM inbox_sequence
            WHERE advanced_at < now() - make_interval(secs => :seconds)
            LIMIT :batch
            FOR UPDATE SKIP LOCKED))
        """;

    private final JdbcClient jdbc;
    private final Duration retention;
    private final int batch;

    InboxRetention(JdbcClient jdbc, Duration retention, int batch) {
        this.jdbc = jdbc;
        this.retention = retention;
        this.batch = batch;
    }

    /**
     * Deletes what is old enough, in bounded statements that each commit on their own.
     *
     * @return how many rows were forgotten
     */
    public long runOnce() {
        long claims = delete(DELETE_CLAIMS);
        long sequences = delete(DELETE_SEQUENCES);
        if (claims + sequences > 0) {
            log.info("Forgot {} inbox claims and {} sequences older than {}", claims, sequences, retention);
        }
        return claims + sequences;
    }

    private long delete(String statement) {
        long forgotten = 0;
        int deleted = batch;
        for (int run = 0; run < MAX_BATCHES_PER_RUN && deleted == batch; run++) {
            deleted = jdbc.sql(statement)
                    .param("seconds", (double) retention.toSeconds())
                    .param("batch", batch)
                    .update();
            forgotten += deleted;
        }
        return forgotten;
    }
}
