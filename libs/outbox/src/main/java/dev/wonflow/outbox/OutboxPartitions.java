package dev.wonflow.outbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps one partition per day (UTC): makes the next days' in advance and drops the old ones once all of it is
 * published.
 *
 * <p>Days follow the database's clock and not the service's, because {@code appended_at} does: a service whose clock is
 * moved by hand must not drop messages of this morning. Each change is a short transaction of its own that gives up
 * rather than queue for a table lock, and one at a time among all instances.
 */
final class OutboxPartitions {

    private static final Logger log = LoggerFactory.getLogger(OutboxPartitions.class);

    /** Any number will do, as long as all instances use the same one and nobody else does: "outbox" in ASCII. */
    private static final long ADVISORY_LOCK = 0x6f7574626f78L;

    /** Rows taken out of the default partition in one transaction. */
    private static final int DELETE_LIMIT = 10_000;

    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final String PREFIX = "outbox_p";

    private static final String DAYS = """
        SELECT child.relname
        FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
        WHERE inhparent = 'outbox'::regclass AND child.relname ~ '^outbox_p[0-9]{8}$'
        ORDER BY child.relname
        """;

    private static final String UNPUBLISHED = PublishedHorizon.unpublished(":horizon");

    private static final String DELETE_OLD = "DELETE FROM outbox_default WHERE ctid = ANY (ARRAY("
            + "SELECT ctid FROM outbox_default AS outbox WHERE appended_at < :limit AND NOT " + UNPUBLISHED
            + " LIMIT " + DELETE_LIMIT + "))";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final PublishedHorizon published;
    private final OutboxProperties settings;

    OutboxPartitions(
            JdbcClient jdbc,
            TransactionOperations transactions,
            PublishedHorizon published,
            OutboxProperties settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.published = published;
        this.settings = settings;
    }

    /** Takes one look and does what is due. A change that finds its tables locked is left to the next run. */
    void runOnce() {
        LocalDate today = LocalDate.ofInstant(databaseNow(), ZoneOffset.UTC);
        for (int ahead = 0; ahead <= settings.daysAhead(); ahead++) {
            create(today.plusDays(ahead));
        }
        LocalDate oldestKept =
                today.minusDays(settings.retention().plusDays(1).minusNanos(1).toDays());
        OptionalLong horizon = published.publishedHorizon();
        if (horizon.isEmpty()) {
            log.info("Nothing is known to be published, so no outbox partition is dropped");
            return;
        }
        for (String partition : days()) {
            if (dayOf(partition).isBefore(oldestKept)) {
                drop(partition, horizon.getAsLong());
            }
        }
        emptyDefault(oldestKept, horizon.getAsLong());
    }

    /** Partitions that exist, without the default one. */
    List<String> days() {
        return jdbc.sql(DAYS).query((row, _) -> row.getString(1)).list();
    }

    /**
     * The table is made apart and then attached: that blocks no append, where creating it in place would. Rows of the
     * day that already lie in the default partition stay there, since moving them would publish or hide them.
     */
    private void create(LocalDate day) {
        String partition = PREFIX + SUFFIX.format(day);
        if (exists(partition)) {
            return;
        }
        String from = day + " 00:00:00+00";
        String to = day.plusDays(1) + " 00:00:00+00";
        change(partition, () -> {
            if (exists(partition)) {
                return;
            }
            if (defaultHolds(day)) {
                log.warn("The default partition of the outbox holds messages of {}, so that day stays there", day);
                return;
            }
            jdbc.sql("CREATE TABLE " + partition + " (LIKE outbox INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
                    .update();
            jdbc.sql("ALTER TABLE outbox ATTACH PARTITION " + partition + " FOR VALUES FROM ('" + from + "') TO ('" + to
                            + "')")
                    .update();
            log.info("Outbox partition {} created", partition);
        });
    }

    private void drop(String partition, long horizon) {
        boolean unpublished = jdbc.sql(
                        "SELECT EXISTS (SELECT FROM " + partition + " AS outbox WHERE " + UNPUBLISHED + ")")
                .param("horizon", horizon)
                .query(Boolean.class)
                .single();
        if (unpublished) {
            log.error("Outbox partition {} is past its retention but holds unpublished messages; it stays", partition);
            return;
        }
        change(partition, () -> {
            jdbc.sql("DROP TABLE IF EXISTS " + partition).update();
            log.info("Outbox partition {} dropped", partition);
        });
    }

    /** Empty unless housekeeping did not run for days; only then do these deletes leave work for vacuum. */
    private void emptyDefault(LocalDate oldestKept, long horizon) {
        change("outbox_default", () -> {
            int deleted = jdbc.sql(DELETE_OLD)
                    .param("limit", oldestKept.atStartOfDay().atOffset(ZoneOffset.UTC))
                    .param("horizon", horizon)
                    .update();
            if (deleted > 0) {
                log.info("Deleted {} messages past their retention from the default partition of the outbox", deleted);
            }
        });
    }

    private void change(String partition, Runnable change) {
        try {
            transactions.executeWithoutResult(status -> {
                if (alone()) {
                    LockTimeout.set(jdbc, settings.lockTimeout());
                    change.run();
                }
            });
        } catch (DataAccessException e) {
            if (!LockTimeout.isCauseOf(e)) {
                throw e;
            }
            log.info("Outbox partition {} is in use; trying again at the next run", partition);
        }
    }

    private boolean alone() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(:key)")
                .param("key", ADVISORY_LOCK)
                .query(Boolean.class)
                .single();
    }

    private boolean exists(String partition) {
        return jdbc.sql("SELECT to_regclass(:name) IS NOT NULL")
                .param("name", partition)
                .query(Boolean.class)
                .single();
    }

    private boolean defaultHolds(LocalDate day) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM outbox_default WHERE appended_at >= :from AND appended_at < :to)")
                .param("from", day.atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("to", day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    private Instant databaseNow() {
        return jdbc.sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private static LocalDate dayOf(String partition) {
        return LocalDate.parse(partition.substring(PREFIX.length()), SUFFIX);
    }
}
