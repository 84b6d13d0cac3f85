package dev.wonflow.testsupport.server;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A container with one server, on the same port inside and outside, so that the server itself can be reached by the
 * address its clients know, and keeps it when it is started again.
 *
 * <p>Made through Testcontainers' client and not as a {@code GenericContainer}: those are removed by a hook of the
 * virtual machine that runs beside the one which closes Spring's contexts, while the servers must outlive them.
 */
final class ServerContainer {

    /** Label whose value is the number of the process that made the container. */
    static final String OWNER = "dev.wonflow.tests";

    /** Label that says where this number means that process: builds that share an engine cannot see each other's. */
    static final String PLACE = OWNER + ".place";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int STOP_SECONDS = 30;
    private static final int LAST_LINES = 40;

    private final ContainerEngine engine;
    private final String what;
    private final String id;
    private final String ready;
    private long starts;

    private ServerContainer(ContainerEngine engine, String what, String id, String ready) {
        this.engine = engine;
        this.what = what;
        this.id = id;
        this.ready = ready;
    }

    /**
     * Starts a container and waits until its server is ready.
     *
     * @param user who runs the server; if empty, the image's own
     * @param script for the image's shell; it ends in becoming the server
     * @param environment what the script is told
     * @param ready what the server prints when it is ready, once at each start
     */
    static ServerContainer start(
            ContainerEngine engine,
            ContainerImage image,
            String user,
            int port,
            String script,
            Map<String, String> environment,
            String ready) {
        ExposedPort inside = ExposedPort.tcp(port);
        Ports.Binding outside =
                engine.isHere() ? Ports.Binding.bindIpAndPort(engine.host(), port) : Ports.Binding.bindPort(port);
        String id = engine.client()
                .createContainerCmd(image.id())
                .withUser(user)
                .withEntrypoint("/bin/sh", "-c")
                .withCmd(script)
                .withEnv(environment.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList())
                .withLabels(Map.of(OWNER, Long.toString(ProcessHandle.current().pid()), PLACE, place()))
                .withExposedPorts(inside)
                .withHostConfig(HostConfig.newHostConfig().withPortBindings(new PortBinding(outside, inside)))
                .exec()
                .getId();
        ServerContainer container = new ServerContainer(engine, image.toString(), id, ready);
        try {
            container.start();
        } catch (RuntimeException e) {
            container.remove();
            throw e;
        }
        return container;
    }

    /** Starts the server, again if it was stopped, and waits until it is ready. */
    void start() {
        starts++;
        engine.client().startContainerCmd(id).exec();
        try {
            Awaitility.await()
                    .atMost(START_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isReady() || !isRunning());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(what + " was not ready after " + START_LIMIT + lastWords(), e);
        }
        if (!isReady()) {
            throw new IllegalStateException(what + " ended at once" + lastWords());
        }
    }

    /** Lets the server end in its own way, and keeps its data. */
    void halt() {
        engine.client().stopContainerCmd(id).withTimeout(STOP_SECONDS).exec();
    }

    boolean isRunning() {
        InspectContainerResponse.ContainerState state =
                engine.client().inspectContainerCmd(id).exec().getState();
        return Boolean.TRUE.equals(state.getRunning());
    }

    /** Kills the server and removes everything it wrote. */
    void remove() {
        remove(engine, id);
    }

    /**
     * The boot of the machine and the processes that see each other; where nobody tells, an engine is nobody else's.
     */
    static String place() {
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
            Path processes = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
            return boot.strip() + "-" + processes.toString().replaceAll("\\D", "");
        } catch (IOException | UnsupportedOperationException e) {
            return "here";
        }
    }

    /** Removes what test runs of this place left behind that were killed themselves. */
    static void removeOrphans(ContainerEngine engine) {
        if (!engine.isHere()) {
            return;
        }
        engine
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(OWNER, PLACE + "=" + place()))
                .exec()
                .stream()
                .filter(container -> ProcessHandle.of(
                                Long.parseLong(container.getLabels().get(OWNER)))
                        .isEmpty())
                .forEach(container -> remove(engine, container.getId()));
    }

    private static void remove(ContainerEngine engine, String id) {
        try {
            engine.client()
                    .removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            // Someone was faster; gone is gone.
        }
    }

    private boolean isReady() {
        return log().filter(line -> line.contains(ready)).count() >= starts;
    }

    private String lastWords() {
        List<String> lines = log().toList();
        return "; its last words:\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private Stream<String> log() {
        StringBuilder text = new StringBuilder();
        try {
            engine.client()
                    .logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                        }
                    })
                    .awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return text.toString().lines();
    }
}
