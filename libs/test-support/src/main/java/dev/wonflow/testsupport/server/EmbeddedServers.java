package dev.wonflow.testsupport.server;

/** Servers from Maven Central: PostgreSQL's binaries as a child process, Kafka inside this JVM. */
final class EmbeddedServers implements ServerSource {

    @Override
    public PostgresServer startPostgres() {
        return EmbeddedPostgresServer.start();
    }

    @Override
    public KafkaServer startKafka() {
        return EmbeddedKafkaServer.start();
    }

    @Override
    public String description() {
        return "embedded: PostgreSQL as a child process, Kafka in this JVM";
    }
}
