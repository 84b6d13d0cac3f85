package dev.wonflow.relay;

import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/** What becomes of the slot before the relay reads from it. */
sealed interface SlotVerdict {

    /** Everything unpublished will come through the slot. */
    record Intact() implements SlotVerdict {}

    /** Someone reads from the slot; being second is no error. */
    record Taken() implements SlotVerdict {}

    /** There was never a slot. One is made, and what the outbox holds already is published. */
    record First() implements SlotVerdict {}

    /** The slot cannot be trusted to bring everything. It is made anew and the outbox table is republished. */
    record Broken(String what) implements SlotVerdict {}

    /** The name belongs to someone else, and taking it would hurt them. */
    record Foreign(String what) implements SlotVerdict {}

    /**
     * Compares the slot with our record of it. The record is written before PostgreSQL is told, so an untouched slot is
     * never ahead of it, and one that is ahead has skipped something we did not publish.
     *
     * @param publicationIdentity null if there is no publication, or not the right one
     * @param walLsn where the server's log ends
     */
    static SlotVerdict of(
            @Nullable SlotState slot,
            @Nullable SlotRecord record,
            String databaseName,
            String systemIdentifier,
            @Nullable String publicationIdentity,
            LogSequenceNumber walLsn) {
        if (slot != null && !databaseName.equals(slot.databaseName())) {
            return new Foreign("it belongs to database " + slot.databaseName() + " (expected: " + databaseName
                    + "; slot names are unique on a server, set wonflow.relay.slot-name)");
        }
        if (slot != null && !"pgoutput".equals(slot.plugin())) {
            return new Foreign("its plugin is " + slot.plugin() + " (expected: pgoutput)");
        }
        if (slot != null && slot.active()) {
            return new Taken();
        }
        if (record == null) {
            return slot == null ? new First() : new Broken("it exists, but the relay has no record of making it");
        }
        if (!record.systemIdentifier().equals(systemIdentifier)) {
            return new Broken(
                    "the database moved from server " + record.systemIdentifier() + " to " + systemIdentifier);
        }
        if (!record.databaseName().equals(databaseName)) {
            return new Broken("the database was " + record.databaseName() + " and is " + databaseName);
        }
        if (slot == null) {
            return new Broken("it vanished");
        }
        LogSequenceNumber confirmed = slot.confirmedLsn();
        if (slot.lost() || confirmed == null) {
            return new Broken(
                    "PostgreSQL gave it up: WAL status " + slot.walStatus() + ", reason " + slot.invalidationReason());
        }
        if (confirmed.compareTo(record.publishedLsn()) > 0) {
            return new Broken("it stands at " + confirmed + " while we published up to " + record.publishedLsn()
                    + ", so someone else moved it or made it anew");
        }
        if (record.publishedLsn().compareTo(walLsn) > 0) {
            return new Broken("we published up to " + record.publishedLsn() + " but the log ends at " + walLsn
                    + ", so the server is an older copy");
        }
        if (!record.publicationIdentity().equals(publicationIdentity)) {
            return new Broken("its publication changed from " + record.publicationIdentity() + " to "
                    + publicationIdentity + ", and changes may have been hidden meanwhile");
        }
        return new Intact();
    }
}
