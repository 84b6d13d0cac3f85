package dev.wonflow.testsupport.server;

/** A running Kafka node. */
public interface KafkaServer {

    /** Host and port, as clients take it. */
    String bootstrapServers();

    /** Stops the node and removes its data. */
    void stop();
}
