package dev.wonflow.testsupport.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
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
            EmbeddedKafkaServer server = new EmbeddedKafkaServer(FreePort.find(), FreePort.find(), data);
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
            Properties settings = KafkaSettings.of(HOST, HOST, port, controllerPort, data.toString());
            running = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
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

    private static void format(Path data) {
        Formatter formatter = new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(KafkaSettings.NODE)
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            formatter.run();
        } catch (Exception e) {
            // The signature leaves no narrower choice.
            throw new IllegalStateException("Kafka's data folder could not be formatted: " + data, e);
        }
    }
}
