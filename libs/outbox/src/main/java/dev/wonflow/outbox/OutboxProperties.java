package dev.wonflow.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the outbox table.
 *
 * @param retention how long a published message stays in the table, for audit and republishing; counted in whole days
 * @param daysAhead how many days beyond today have their partition made in advance
 * @param housekeepingInterval time between two looks at the partitions
 * @param lockTimeout longest wait of a change of the table for its locks; while it waits, appends wait behind it
 * @param traceparentColumn where the column for traces is added, on which the version before cannot start
 */
@ConfigurationProperties("wonflow.outbox")
record OutboxProperties(
        @DefaultValue("7d") Duration retention,
        @DefaultValue("3") int daysAhead,
        @DefaultValue("1h") Duration housekeepingInterval,
        @DefaultValue("200ms") Duration lockTimeout,
        @DefaultValue("in-new-databases") ColumnAdded traceparentColumn) {

    /** When a column is added that the version before does not bear. */
    enum ColumnAdded {
        /** While nothing was ever published, so that no copy of the version before has run there. */
        IN_NEW_DATABASES,
        /** Everywhere: no copy of the version before will be started any more. */
        ALWAYS
    }

    private static final Duration SHORTEST_RETENTION = Duration.ofDays(7);
    private static final int MOST_DAYS_AHEAD = 30;

    OutboxProperties {
        if (retention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException(
                    "wonflow.outbox.retention: " + retention + " (expected: >= " + SHORTEST_RETENTION + ")");
        }
        if (daysAhead < 1 || daysAhead > MOST_DAYS_AHEAD) {
            throw new IllegalArgumentException(
                    "wonflow.outbox.days-ahead: " + daysAhead + " (expected: 1 to " + MOST_DAYS_AHEAD + ")");
        }
        if (!housekeepingInterval.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.outbox.housekeeping-interval: " + housekeepingInterval + " (expected: > 0)");
        }
        if (!lockTimeout.isPositive()) {
            throw new IllegalArgumentException("wonflow.outbox.lock-timeout: " + lockTimeout + " (expected: > 0)");
        }
    }
}
