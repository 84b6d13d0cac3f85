package dev.wonflow.testsupport.server;

import java.util.Map;

/** Settings of a PostgreSQL for tests, from either supplier. */
final class PostgresSettings {

    /**
     * The three switches that make a commit durable are on: what makes servers for tests likes to turn them off, and a
     * test would prove less.
     */
    static final Map<String, String> ALL = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "wal_level", "logical",
            "max_replication_slots", "40",
            "max_wal_senders", "40",
            "max_connections", "300");

    private PostgresSettings() {}
}
