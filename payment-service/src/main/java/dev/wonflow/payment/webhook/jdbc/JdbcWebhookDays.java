package dev.wonflow.payment.webhook.jdbc;

import dev.wonflow.outbox.DayPartitions;
import dev.wonflow.payment.webhook.WebhookDays;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Answered webhooks in a partition for each day. */
@Component
class JdbcWebhookDays implements WebhookDays {

    /** "webhook" in ASCII. */
    private static final long ADVISORY_LOCK = 0x776562686f6f6bL;

    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(200);

    private static final int DAYS_AHEAD = 3;

    /** Rows taken out of a default partition in one transaction. */
    private static final int DELETE_LIMIT = 10_000;

    private final JdbcClient jdbc;
    private final DayPartitions log;
    private final DayPartitions strays;

    JdbcWebhookDays(JdbcClient jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.log = partitions(jdbc, transaction, "toss_webhook_log");
        this.strays = partitions(jdbc, transaction, "toss_webhook_not_ours");
    }

    private static DayPartitions partitions(JdbcClient jdbc, TransactionOperations transaction, String table) {
        return new DayPartitions(jdbc, transaction, table, "handled_at", ADVISORY_LOCK, LOCK_TIMEOUT);
    }

    @Override
    public void prepare(LocalDate today) {
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            log.create(today.plusDays(ahead));
            strays.create(today.plusDays(ahead));
        }
    }

    @Override
    public void drop(LocalDate oldestKept, LocalDate oldestStrayKept) {
        drop(log, oldestKept);
        drop(strays, oldestStrayKept);
    }

    /** The default partition has rows only where no day was prepared. */
    private void drop(DayPartitions days, LocalDate oldestKept) {
        days.dropBefore(oldestKept, _ -> true);
        days.change(
                days.nameOfDefault(),
                () -> jdbc.sql("DELETE FROM " + days.nameOfDefault()
                                + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM " + days.nameOfDefault()
                                + " WHERE handled_at < :limit LIMIT " + DELETE_LIMIT + "))")
                        .param("limit", oldestKept.atStartOfDay().atOffset(ZoneOffset.UTC))
                        .update());
    }
}
