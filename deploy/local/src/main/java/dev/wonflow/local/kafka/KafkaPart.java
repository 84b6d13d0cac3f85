package dev.wonflow.local.kafka;

import dev.wonflow.local.archive.ClassPathFile;
import dev.wonflow.local.archive.LauncherJar;
import dev.wonflow.local.archive.LibraryArchive;
import dev.wonflow.local.process.PortUse;
import dev.wonflow.local.stack.JavaProgram;
import dev.wonflow.local.stack.Part;
import dev.wonflow.local.stack.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The Kafka broker of the stack. */
public final class KafkaPart implements Part {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

    private final JavaProgram java;
    private final LauncherJar launcher;
    private final StateFolder state;
    private final Path data;
    private final int port;
    private final int controllerPort;
    private final Map<String, String> environment;

    /**
     * Creates it.
     *
     * @param launcher the jar of this very program, which the broker runs from as well
     * @param state where its archive of classes is kept
     */
    public KafkaPart(
            JavaProgram java,
            LauncherJar launcher,
            StateFolder state,
            Path data,
            int port,
            int controllerPort,
            Map<String, String> environment) {
        this.java = java;
        this.launcher = launcher;
        this.state = state;
        this.data = data;
        this.port = port;
        this.controllerPort = controllerPort;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public List<Integer> ports() {
        return List.of(port, controllerPort);
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public int stopStage() {
        return 1;
    }

    @Override
    public String mark() {
        return java.mark();
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Launch launch() throws IOException, InterruptedException {
        Files.createDirectories(data);
        LibraryArchive archive = LibraryArchive.of(state, name(), launcher.libraries());
        List<Path> classPath = new ArrayList<>(archive.classPath());
        classPath.add(launcher.file());
        List<String> options = new ArrayList<>(archive.options());
        options.addAll(List.of(
                "-Xmx256m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX"));
        List<String> command = java.command(
                options,
                List.of(
                        ClassPathFile.write(state.cache().resolve("kafka.classpath"), classPath),
                        KafkaBroker.class.getName(),
                        Integer.toString(port),
                        Integer.toString(controllerPort),
                        data.toString()));
        return new Launch(command, environment, data);
    }

    @Override
    public Optional<String> unready() {
        if (!PortUse.isListening(port)) {
            return Optional.of("nothing listens on port " + port + " yet");
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                address(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) ANSWER_LIMIT.toMillis(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) ANSWER_LIMIT.toMillis()))) {
            boolean served = !admin.describeCluster()
                    .nodes()
                    .get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
            return served ? Optional.empty() : Optional.of("the broker has not joined its cluster yet");
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getCause()));
        } catch (TimeoutException _) {
            return Optional.of("no answer within " + ANSWER_LIMIT.toSeconds() + " s");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
