package dev.wonflow.outbox;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The partitions of a table that has one for each day (UTC), and a default one for rows of days that have none. Each
 * change is a short transaction of its own that gives up rather than queue for a table lock, and one at a time among
 * all instances.
 */
public final class DayPartitions {

    private static final Logger log = LoggerFactory.getLogger(DayPartitions.class);

    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyyMMdd");

    private static final String DAYS = """
        SELECT child.relname
        FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
        WHERE inhparent = CAST(:table AS regclass) AND child.relname ~ ('^' || :table || '_p[0-9]{8}$')
        ORDER BY child.relname
        """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final String table;
    private final String column;
    private final long advisoryLock;
    private final Duration lockTimeout;

    /**
     * Of one table.
     *
     * @param table whose default partition has its name and {@code _default}
     * @param column it is partitioned by
     * @param advisoryLock any number, as long as all instances use the same one and nobody else does
     * @param lockTimeout longest wait of a change for its locks; while it waits, whoever uses the table waits behind it
     */
    public DayPartitions(
            JdbcClient jdbc,
            TransactionOperations transactions,
            String table,
            String column,
            long advisoryLock,
            Duration lockTimeout) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.table = table;
        this.column = column;
        this.advisoryLock = advisoryLock;
        this.lockTimeout = lockTimeout;
    }

    /** Days that have a partition, the oldest first. */
    public List<LocalDate> days() {
        return names().stream()
                .map(name -> LocalDate.parse(name.substring(table.length() + 2), SUFFIX))
                .toList();
    }

    List<String> names() {
        return jdbc.sql(DAYS)
                .param("table", table)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** Name of the table of a day, whether there is one or not. */
    public String name(LocalDate day) {
        return table + "_p" + SUFFIX.format(day);
    }

    /** Name of the table of days that have none. */
    public String nameOfDefault() {
        return table + "_default";
    }

    /**
     * Makes the partition of a day, if there is none. The table is made apart and then attached: that blocks nobody who
     * writes, where creating it in place would. Rows of the day that already lie in the default partition stay there,
     * and so does the day.
     */
    public void create(LocalDate day) {
        String partition = name(day);
        if (exists(partition)) {
            return;
        }
        change(partition, () -> {
            if (exists(partition)) {
                return;
            }
            if (defaultHolds(day)) {
                log.warn("{} holds rows of {}, so that day stays there", nameOfDefault(), day);
                return;
            }
            jdbc.sql("CREATE TABLE " + partition + " (LIKE " + table + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
                    .update();
            jdbc.sql("ALTER TABLE " + table + " ATTACH PARTITION " + partition + " FOR VALUES FROM ('" + day
                            + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')")
                    .update();
            log.info("Partition {} created", partition);
        });
    }

    /**
     * Drops the partitions of all days before another.
     *
     * @param mayGo asked about each before it is dropped, by its name
     */
    public void dropBefore(LocalDate oldestKept, Predicate<String> mayGo) {
        for (LocalDate day : days()) {
            String partition = name(day);
            if (day.isBefore(oldestKept) && mayGo.test(partition)) {
                change(partition, () -> {
                    jdbc.sql("DROP TABLE IF EXISTS " + partition).update();
                    log.info("Partition {} dropped", partition);
                });
            }
        }
    }

    /** Does something to the partitions, if no other instance does; left to the next time if a table is in use. */
    public void change(String what, Runnable change) {
        try {
            transactions.executeWithoutResult(_ -> {
                if (alone()) {
                    LockTimeout.set(jdbc, lockTimeout);
                    change.run();
                }
            });
        } catch (DataAccessException e) {
            if (!LockTimeout.isCauseOf(e)) {
                throw e;
            }
            log.info("Partition {} is in use; trying again at the next run", what);
        }
    }

    private boolean alone() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(:key)")
                .param("key", advisoryLock)
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
        return jdbc.sql("SELECT EXISTS (SELECT FROM " + nameOfDefault() + " WHERE " + column + " >= :from AND " + column
                        + " < :to)")
                .param("from", day.atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("to", day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }
}
