package dev.wonflow.relay;

import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A slot as PostgreSQL shows it.
 *
 * @param databaseName null for a physical slot
 * @param plugin null for a physical slot
 * @param active whether some connection reads from it now
 * @param walStatus {@code lost} when log that the slot needs is gone
 * @param invalidationReason null while the slot is usable
 */
record SlotState(
        @Nullable String databaseName,
        @Nullable String plugin,
        boolean active,
        @Nullable String walStatus,
        @Nullable String invalidationReason,
        @Nullable LogSequenceNumber confirmedLsn) {

    boolean lost() {
        return "lost".equals(walStatus) || invalidationReason != null || confirmedLsn == null;
    }
}
