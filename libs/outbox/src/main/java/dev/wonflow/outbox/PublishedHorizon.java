package dev.wonflow.outbox;

import java.util.OptionalLong;

/** What the outbox asks whoever publishes it: up to where is everything out? */
@FunctionalInterface
public interface PublishedHorizon {

    /**
     * Answers a transaction id (64 bits, PostgreSQL's {@code xid8}): all transactions below it are published or were
     * rolled back. Empty while nothing is known.
     */
    OptionalLong publishedHorizon();
}
