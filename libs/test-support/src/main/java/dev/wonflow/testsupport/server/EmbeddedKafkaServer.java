package dev.wonflow.testsupport.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** A Kafka broker and controller in this JVM. Built on Kafka's internal classes, which only this class knows. */
final class EmbeddedKafkaServer implements KafkaServer {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafkaServer.class);

    private static final String HOST = "127.0.0.1";
    private static final int NODE = 1;

    private final int port;
    private final int controllerPort;
    private final Path data;
    private @Nullable KafkaRaftServer running;

    private EmbeddedKafkaServer(int port, int controllerPort, Path data) {
        this.port = port;
        this.controllerPort = controllerPort;
        this.data = data;
    }

    static EmbeddedKafkaServer start() {
        try {
            Path data = Files.createTempDirectory("wonflow-kafka");
            format(data);
            EmbeddedKafkaServer server = new EmbeddedKafkaServer(freePort(), freePort(), data);
            server.resume();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka did not start", e);
        }
    }

    @Override
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    @Override
    public void suspend() {
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
            running = null;
        }
    }

    @Override
    public void resume() {
        if (running == null) {
            running = new KafkaRaftServer(KafkaConfig.fromProps(settings(data, port, controllerPort)), Time.SYSTEM);
            running.startup();
        }
    }

    @Override
    public void stop() {
        suspend();
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            log.warn("Test data of Kafka stays in {}", data, e);
        }
    }

    private static Properties settings(Path data, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(NODE));
        settings.setProperty("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty(
                "listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.setProperty("log.dirs", data.toString());
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
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

    private static void format(Path data) {
        Formatter formatter = new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName("CONTROLLER")
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            formatter.run();
        } catch (Exception e) {
            // The signature leaves no narrower choice.
            throw new IllegalStateException("Kafka's data folder could not be formatted: " + data, e);
        }
    }

    /** Kafka's advertised address needs a number, so "any port" is chosen here. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
