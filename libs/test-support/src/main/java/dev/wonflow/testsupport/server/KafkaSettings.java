package dev.wonflow.testsupport.server;

import java.util.Properties;

/** Settings of a single Kafka node for tests, broker and controller in one, from either supplier. */
final class KafkaSettings {

    static final int NODE = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String LOOPBACK = "127.0.0.1";

    private KafkaSettings() {}

    /**
     * Writes the settings down.
     *
     * @param bind address the broker listens on
     * @param advertised address clients, and the node itself, reach the broker by
     */
    static Properties of(String bind, String advertised, int port, int controllerPort, String data) {
        String controller = LOOPBACK + ":" + controllerPort;
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(NODE));
        settings.setProperty("controller.quorum.voters", NODE + "@" + controller);
        settings.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        settings.setProperty(
                "listeners", "PLAINTEXT://" + bind + ":" + port + "," + CONTROLLER_LISTENER + "://" + controller);
        settings.setProperty("advertised.listeners", "PLAINTEXT://" + advertised + ":" + port);
        settings.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.setProperty("log.dirs", data);
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // Partitions of a consumer that was killed wait for the end of its session, and all others for a heartbeat:
        // 45 and 5 seconds where nobody shortens them.
        settings.setProperty("group.consumer.min.session.timeout.ms", "10000");
        settings.setProperty("group.consumer.session.timeout.ms", "10000");
        settings.setProperty("group.consumer.min.heartbeat.interval.ms", "1000");
        settings.setProperty("group.consumer.heartbeat.interval.ms", "1000");
        settings.setProperty("group.coordinator.threads", "1");
        settings.setProperty("num.io.threads", "2");
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("log.cleaner.enable", "true");
        settings.setProperty("log.cleaner.dedupe.buffer.size", Long.toString(2L << 20));
        // One node cannot hold the three replicas that Kafka's own topics default to.
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("transaction.state.log.num.partitions", "1");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        return settings;
    }
}
