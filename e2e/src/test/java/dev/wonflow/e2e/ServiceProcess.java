package dev.wonflow.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service's real jar in a process of its own, to be killed. Its port stays the same over all its lives. */
final class ServiceProcess implements AutoCloseable {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Path program;
    private final Path archive;
    private final Path log;
    private final Map<String, String> environment;
    private final int port = freePort();
    private volatile Process process;

    /**
     * Starts what is in the jar, unpacked as {@code ./wonflow} does, which is ready sooner.
     *
     * @param service as the module's folder is called
     */
    ServiceProcess(String service, Map<String, String> environment) {
        Path root = Path.of(System.getProperty("wonflow.root")).toAbsolutePath().normalize();
        Path jar = root.resolve(
                service + "/target/wonflow-" + service + "-" + System.getProperty("wonflow.version") + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + ": not found (expected: built before, as mvn verify does)");
        }
        Path fork = root.resolve("e2e/target").resolve(System.getProperty("wonflow.fork"));
        Path folder = fork.resolve(service);
        this.log = fork.resolve(service + ".log");
        this.environment = environment;
        unpack(jar, folder);
        this.program = folder.resolve(jar.getFileName());
        this.archive = folder.resolve("classes.jsa");
        this.process = launch();
        // A test that fails before it can close this must not leave it at work beside all others.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Kills it as the kernel's out-of-memory killer would, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it in good order. It leaves an archive of its classes, with which its next lives begin in half the time. */
    void end() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /**
     * Starts its next life.
     *
     * @param options for the JVM of this life
     */
    void startAgain(String... options) {
        process = launch(options);
    }

    /** Waits until it has ended by itself. */
    int exitCode(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("still running after " + limit + ", see " + log);
        }
        return process.exitValue();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Posts JSON with a token and answers the status; 0 if nobody answered, which is what a kill looks like. */
    int post(String path, String json, String token) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(HTTP_TIMEOUT)
                    .header("content-type", "application/json")
                    .header("authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.ofString(json))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void unpack(Path jar, Path folder) {
        int exit = start(List.of(
                        JAVA,
                        "-XX:TieredStopAtLevel=1",
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        folder.toString()))
                .onExit()
                .join()
                .exitValue();
        if (exit != 0) {
            throw new IllegalStateException(jar + ": not unpacked, exit code " + exit + ", see " + log);
        }
    }

    /**
     * Starts it with an archive of its classes, but for those of lambdas: taking them from an archive has broken JDK
     * 25.0.3 (SIGSEGV in {@code LambdaProxyClassDictionary}), once in some hundred lives. The property has them made
     * anew, as {@code InnerClassLambdaMetafactory} looks into no archive then.
     */
    private Process launch(String... options) {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                "-Djdk.internal.lambda.disableEagerInitialization=true"));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", program.toString()));
        return start(command);
    }

    private Process start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        try {
            Files.createDirectories(log.getParent());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port of this machine that nobody listens on. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
