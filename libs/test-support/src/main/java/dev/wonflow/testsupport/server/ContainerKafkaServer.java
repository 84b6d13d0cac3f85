package dev.wonflow.testsupport.server;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** Kafka in a container, from any image that has its scripts in {@code /opt/kafka/bin}, as Apache's has. */
final class ContainerKafkaServer implements KafkaServer {

    private static final String SCRIPT = """
        set -eu
        printf %s "$SETTINGS" >/tmp/wonflow-kafka.properties
        [ -e /tmp/wonflow-kafka/meta.properties ] ||
          /opt/kafka/bin/kafka-storage.sh format --cluster-id "$CLUSTER" --config /tmp/wonflow-kafka.properties
        exec /opt/kafka/bin/kafka-server-start.sh /tmp/wonflow-kafka.properties
        """;

    private final String address;
    private final ServerContainer container;

    private ContainerKafkaServer(String address, ServerContainer container) {
        this.address = address;
        this.container = container;
    }

    static ContainerKafkaServer start(ContainerEngine engine, ContainerImage image) {
        int port = FreePort.find();
        int controllerPort = port == 9093 ? 9094 : 9093;
        StringWriter settings = new StringWriter();
        try {
            KafkaSettings.of("0.0.0.0", engine.host(), port, controllerPort, "/tmp/wonflow-kafka")
                    .store(settings, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerContainer container = ServerContainer.start(
                engine,
                image,
                "",
                port,
                SCRIPT,
                Map.of(
                        "SETTINGS",
                        settings.toString(),
                        "CLUSTER",
                        Uuid.randomUuid().toString(),
                        "KAFKA_HEAP_OPTS",
                        "-Xms256m -Xmx256m",
                        "KAFKA_JVM_PERFORMANCE_OPTS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
                "Kafka Server started");
        return new ContainerKafkaServer(engine.host() + ":" + port, container);
    }

    @Override
    public String bootstrapServers() {
        return address;
    }

    @Override
    public void suspend() {
        if (container.isRunning()) {
            container.halt();
        }
    }

    @Override
    public void resume() {
        if (!container.isRunning()) {
            container.start();
        }
    }

    @Override
    public void stop() {
        container.remove();
    }
}
