package dev.wonflow.testsupport.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Servers in containers, each of its own. */
final class ContainerServers implements ServerSource {

    static final String POSTGRES_IMAGE = "wonflow.test.postgres-image";
    private static final String KAFKA_IMAGE = "wonflow.test.kafka-image";

    /** Names the file in which {@code libs/test-support/images/build} writes the names of what it built. */
    private static final String BUILT_IMAGES = "wonflow.test.built-images";

    private final ContainerEngine engine;
    private final ContainerImage postgres;
    private final ContainerImage kafka;

    private ContainerServers(ContainerEngine engine, ContainerImage postgres, ContainerImage kafka) {
        this.engine = engine;
        this.postgres = postgres;
        this.kafka = kafka;
    }

    /**
     * Finds engine and images.
     *
     * @throws IllegalStateException if one of them is not there; nothing else is taken instead
     */
    static ContainerServers find(Environment settings) {
        ImageName postgres = imageName(settings, POSTGRES_IMAGE);
        ImageName kafka = imageName(settings, KAFKA_IMAGE);
        ContainerEngine engine = ContainerEngine.find();
        ServerContainer.removeOrphans(engine);
        return new ContainerServers(engine, engine.image(postgres), engine.image(kafka));
    }

    /** The image a setting names, else the one that was built on this machine. */
    static ImageName imageName(Environment settings, String setting) {
        String named = settings.getProperty(setting);
        if (named == null || named.isBlank()) {
            named = built(settings.getProperty(BUILT_IMAGES)).getProperty(setting);
        }
        if (named == null) {
            throw new IllegalStateException(setting + ": not set, and no image was built on this machine"
                    + " (libs/test-support/images/build makes both; where a registry is reachable, name an image by"
                    + " this setting or by " + environmentName(setting) + ")");
        }
        return ImageName.parse(named.strip());
    }

    private static Properties built(@Nullable String file) {
        Properties names = new Properties();
        if (file != null && Files.isReadable(Path.of(file))) {
            try (var reader = Files.newBufferedReader(Path.of(file))) {
                names.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(file, e);
            }
        }
        return names;
    }

    private static String environmentName(String setting) {
        return setting.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public PostgresServer startPostgres() {
        return ContainerPostgresServer.start(engine, postgres);
    }

    @Override
    public KafkaServer startKafka() {
        return ContainerKafkaServer.start(engine, kafka);
    }

    @Override
    public String description() {
        return "containers (" + engine.description() + "): PostgreSQL from " + postgres + ", Kafka from " + kafka;
    }
}
