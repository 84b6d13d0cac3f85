package dev.wonflow.outbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps one partition per day (UTC): makes the next days' in advance and drops the old ones once all of it is
 * published.
 *
 * <p>Days follow the database's clock and not the service's, because {@code appended_at} does: a service whose clock is
 * moved by hand must not drop messages of this morning.
 */
final class OutboxPartitions {

    private static final Logger log = LoggerFactory.getLogger(OutboxPartitions.class);

    /** Any number will do, as long as all instances use the same one and nobody else does: "outbox" in ASCII. */
    private static final long ADVISORY_LOCK = 0x6f7574626f78L;

    /** Rows taken out of the default partition in one transaction. */
    private static final int DELETE_LIMIT = 10_000;

    private static final String UNPUBLISHED = PublishedHorizon.unpublished(":horizon");

    private static final String DELETE_OLD = "DELETE FROM outbox_default WHERE ctid = ANY (ARRAY("
            + "SELECT ctid FROM outbox_default AS outbox WHERE appended_at < :limit AND NOT " + UNPUBLISHED
            + " LIMIT " + DELETE_LIMIT + "))";

    private final JdbcClient jdbc;
    private final DayPartitions partitions;
    private final PublishedHorizon published;
    private final OutboxProperties settings;

    OutboxPartitions(
            JdbcClient jdbc,
            TransactionOperations transactions,
            PublishedHorizon published,
            OutboxProperties settings) {
        this.jdbc = jdbc;
        this.partitions =
                new DayPartitions(jdbc, transactions, "outbox", "appended_at", ADVISORY_LOCK, settings.lockTimeout());
        this.published = published;
        this.settings = settings;
    }

    /** Takes one look and does what is due. A change that finds its tables locked is left to the next run. */
    void runOnce() {
        LocalDate today = LocalDate.ofInstant(databaseNow(), ZoneOffset.UTC);
        for (int ahead = 0; ahead <= settings.daysAhead(); ahead++) {
            partitions.create(today.plusDays(ahead));
        }
        LocalDate oldestKept =
                today.minusDays(settings.retention().plusDays(1).minusNanos(1).toDays());
        OptionalLong horizon = published.publishedHorizon();
        if (horizon.isEmpty()) {
            log.info("Nothing is known to be published, so no outbox partition is dropped");
            return;
        }
        partitions.dropBefore(oldestKept, partition -> isPublished(partition, horizon.getAsLong()));
        emptyDefault(oldestKept, horizon.getAsLong());
    }

    /** Partitions that exist, without the default one. */
    List<String> days() {
        return partitions.names();
    }

    private boolean isPublished(String partition, long horizon) {
        boolean unpublished = jdbc.sql(
                        "SELECT EXISTS (SELECT FROM " + partition + " AS outbox WHERE " + UNPUBLISHED + ")")
                .param("horizon", horizon)
                .query(Boolean.class)
                .single();
        if (unpublished) {
            log.error("Outbox partition {} is past its retention but holds unpublished messages; it stays", partition);
        }
        return !unpublished;
    }

    /** Empty unless housekeeping did not run for days; only then do these deletes leave work for vacuum. */
    private void emptyDefault(LocalDate oldestKept, long horizon) {
        partitions.change(partitions.nameOfDefault(), () -> {
            int deleted = jdbc.sql(DELETE_OLD)
                    .param("limit", oldestKept.atStartOfDay().atOffset(ZoneOffset.UTC))
                    .param("horizon", horizon)
                    .update();
            if (deleted > 0) {
                log.info("Deleted {} messages past their retention from the default partition of the outbox", deleted);
            }
        });
    }

    private Instant databaseNow() {
        return jdbc.sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
