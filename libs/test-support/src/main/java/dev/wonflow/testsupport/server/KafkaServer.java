package dev.wonflow.testsupport.server;

/** A running Kafka node. */
public interface KafkaServer {

    /** Host and port, as clients take it. */
    String bootstrapServers();

    /** Takes the node away and keeps its address and data, for tests of what happens meanwhile. */
    void suspend();

    /** Brings a suspended node back. */
    void resume();

    /** Stops the node and removes its data. */
    void stop();
}
