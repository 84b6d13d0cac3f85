package dev.wonflow.testsupport.server;

/** Where PostgreSQL and Kafka come from. Tests see only what comes out, so another source changes no test. */
interface ServerSource {

    /** Starts a PostgreSQL that keeps every promise a production server keeps, ready for logical decoding. */
    PostgresServer startPostgres();

    /** Starts a single Kafka node that creates no topic by itself. */
    KafkaServer startKafka();
}
