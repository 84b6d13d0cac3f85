package dev.wonflow.relay;

import java.time.Instant;
import org.postgresql.replication.LogSequenceNumber;

/** Our own memory of the slot: the row of {@code relay_slot}, as its columns explain. */
record SlotRecord(
        String databaseName,
        String systemIdentifier,
        String publicationIdentity,
        LogSequenceNumber createdLsn,
        LogSequenceNumber publishedLsn,
        long publishedBeat,
        long publishedHorizon,
        Instant publishedAt) {

    Heartbeat lastHeartbeat() {
        return new Heartbeat(publishedBeat, publishedHorizon, publishedAt);
    }
}
