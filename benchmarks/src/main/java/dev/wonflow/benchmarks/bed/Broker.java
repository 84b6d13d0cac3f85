package dev.wonflow.benchmarks.bed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One Kafka broker with its controller, in a JVM of its own. */
public final class Broker implements AutoCloseable {

    public static final String COMMAND = "broker";

    /** Any would do: sixteen bytes in base 64. */
    private static final String CLUSTER_ID = "d29uZmxvdy1iZW5jaG1hcg";

    /** Given to the broker and named in the results. */
    public static final List<String> JVM_OPTIONS = List.of(
            "-Xms512m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private final ChildJvm jvm;
    private final String bootstrapServers;

    private Broker(ChildJvm jvm, String bootstrapServers) {
        this.jvm = jvm;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker with an empty log and waits until it serves. */
    public static Broker start(Path work) throws IOException, InterruptedException {
        int port = freePort();
        int controllerPort = freePort();
        var jvm = ChildJvm.start(
                COMMAND,
                work.resolve("logs"),
                JVM_OPTIONS,
                List.of(COMMAND, work.resolve("kafka").toString(), "" + port, "" + controllerPort));
        var broker = new Broker(jvm, "127.0.0.1:" + port);
        try {
            jvm.ask("start", Duration.ofSeconds(60));
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
        return broker;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public long pid() {
        return jvm.pid();
    }

    @Override
    public void close() {
        jvm.close();
    }

    /** Runs inside the broker's own JVM until the parent ends. */
    public static int serve(List<String> args) throws IOException {
        KafkaRaftServer server = server(Path.of(args.get(0)), args.get(1), args.get(2));
        ChildJvm.answerUntilClosed(_ -> server.startup());
        server.shutdown();
        return 0;
    }

    private static KafkaRaftServer server(Path directory, String port, String controllerPort) throws IOException {
        Files.createDirectories(directory);
        var properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("node.id", "1"),
                Map.entry("process.roles", "broker,controller"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("log.dirs", directory.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("file.delete.delay.ms", "1000")));
        var formatter = new Formatter()
                .setClusterId(CLUSTER_ID)
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory.toString())
                .setIgnoreFormatted(true);
        formatter.addDirectory(directory.toString());
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IOException("kafka directory: " + directory + ": cannot be formatted", e);
        }
        return new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
