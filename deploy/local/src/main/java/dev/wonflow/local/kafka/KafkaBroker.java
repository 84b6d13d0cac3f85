package dev.wonflow.local.kafka;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker that is its own controller. The program of the broker's process, and the one place that touches the
 * server's internal classes.
 */
public final class KafkaBroker {

    /** One fixed id: the folder is never shared with another cluster, and a restart must find its own data. */
    private static final String CLUSTER_ID = "d29uZmxvdy1sb2NhbC0wMQ";

    private static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final int NODE_ID = 1;

    private KafkaBroker() {}

    /**
     * Formats the data folder if it is new, and serves until the process is told to stop.
     *
     * @param args port of the broker, port of its controller, data folder
     */
    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            throw new IllegalArgumentException(
                    "arguments: " + List.of(args) + " (expected: broker port, controller port, data folder)");
        }
        int port = Integer.parseInt(args[0]);
        int controllerPort = Integer.parseInt(args[1]);
        Path data = Path.of(args[2]);

        format(data);
        KafkaRaftServer server =
                new KafkaRaftServer(new KafkaConfig(settings(port, controllerPort, data), false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop"));
        server.startup();
        server.awaitShutdown();
    }

    private static void format(Path data) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
                .setClusterId(CLUSTER_ID)
                .setNodeId(NODE_ID)
                .setControllerListenerName(CONTROLLER_LISTENER)
                .setMetadataLogDirectory(data.toString())
                .setDirectories(List.of(data.toString()))
                .setIgnoreFormatted(true)
                .run();
    }

    private static Map<String, String> settings(int port, int controllerPort, Path data) {
        String broker = "PLAINTEXT://127.0.0.1:" + port;
        String controller = "127.0.0.1:" + controllerPort;

        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + controller);
        settings.put("advertised.listeners", broker);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put("log.dirs", data.toString());

        // Topics are made by the services, with the settings of the contract; a misspelt one must fail.
        settings.put("auto.create.topics.enable", "false");

        // One node: one copy of everything.
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "3");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");

        // After a killed broker its own session has to end before it is let in again; a killed service's partitions
        // wait for its session as well. Nine and forty-five seconds are right for a cluster, not for a laptop.
        settings.put("broker.session.timeout.ms", "5000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.consumer.min.session.timeout.ms", "6000");
        settings.put("group.consumer.session.timeout.ms", "8000");
        settings.put("group.consumer.min.heartbeat.interval.ms", "500");
        settings.put("group.consumer.heartbeat.interval.ms", "2000");

        // At rest the controller would write a record twice a second, only to show others that it lives.
        settings.put("metadata.max.idle.interval.ms", "0");

        // A small heap: the cleaner alone would take 128 MiB of it.
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.segment.bytes", "67108864");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "3");
        settings.put("background.threads", "2");
        settings.put("group.coordinator.threads", "1");
        return settings;
    }
}
