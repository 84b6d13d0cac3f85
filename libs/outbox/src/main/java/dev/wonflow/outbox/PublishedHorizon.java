package dev.wonflow.outbox;

import java.util.OptionalLong;

/** What the outbox asks its publisher: up to where is everything out? */
@FunctionalInterface
public interface PublishedHorizon {

    /**
     * Answers a transaction id (64 bits, PostgreSQL's {@code xid8}): all transactions below it are published or were
     * rolled back. Empty while nothing is known.
     */
    OptionalLong publishedHorizon();

    /** Whether anything was ever published from this database, even if its horizon is not known any more. */
    default boolean hasPublished() {
        return publishedHorizon().isPresent();
    }

    /**
     * A condition on a row of the outbox: it may be unpublished.
     *
     * <p>A row stores the lower half of the id of its transaction. The upper half is that of the next id to be given,
     * or one less; when in doubt (2³² transactions later) the row counts as unpublished, which is the safe side. What a
     * snapshot calls the next id can be lower than ids it shows as committed, if a new slot exported it; all it shows
     * are lower than that or than the oldest it sees running.
     *
     * @param horizon SQL that yields the horizon, such as a parameter
     */
    static String unpublished(String horizon) {
        return """
            (SELECT CASE WHEN whole.id >= next.id THEN whole.id - 4294967296 ELSE whole.id END
             FROM (SELECT greatest(pg_snapshot_xmin(pg_current_snapshot()), pg_snapshot_xmax(pg_current_snapshot()))
                      ::text::bigint AS id) next,
                  LATERAL (SELECT next.id / 4294967296 * 4294967296 + outbox.xmin::text::bigint AS id) whole) >=\s""" + horizon;
    }
}
