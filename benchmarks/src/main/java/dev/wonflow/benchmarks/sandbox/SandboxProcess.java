package dev.wonflow.benchmarks.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The sandbox as its users have it: its jar in a process of its own, on a free port of this machine. */
final class SandboxProcess implements AutoCloseable {

    /** Those of a local start, so that its figures are those of a local start. */
    static final List<String> JVM_OPTIONS =
            List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+AutoCreateSharedArchive");

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Process process;
    private final URI base;
    private final Duration startTime;

    private SandboxProcess(Process process, URI base, Duration startTime) {
        this.process = process;
        this.base = base;
        this.startTime = startTime;
    }

    /**
     * Starts the sandbox and waits until it answers a call of Toss's API.
     *
     * @param work for the log and the class archive
     * @param settings such as {@code wonflow.sandbox.payment.capacity=1}
     * @throws IllegalStateException if it does not answer within a minute; the message names the log
     */
    static SandboxProcess start(Path work, Map<String, String> settings) throws IOException {
        int port = freePort();
        Path log = Files.createDirectories(work).resolve("sandbox.log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.add("-XX:SharedArchiveFile=" + work.resolve("sandbox.jsa"));
        command.addAll(List.of("-jar", jar().toString(), "--server.port=" + port));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        long startedAt = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        URI base = URI.create("http://127.0.0.1:" + port);
        try (var http = HttpClient.newHttpClient()) {
            while (!answers(http, base)) {
                if (!process.isAlive() || System.nanoTime() - startedAt > START_LIMIT.toNanos()) {
                    process.destroyForcibly();
                    throw new IllegalStateException(
                            "sandbox: does not answer (expected: within " + START_LIMIT + "); its log is " + log);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return new SandboxProcess(process, base, Duration.ofNanos(System.nanoTime() - startedAt));
    }

    /** Any answer will do, and without a key it is 401. */
    private static boolean answers(HttpClient http, URI base) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/payments/nobody"))
                .timeout(START_LIMIT)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 401;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the sandbox started", e);
        }
    }

    private static Path jar() {
        try (Stream<Path> files = Files.list(root().resolve("toss-sandbox/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("wonflow-toss-sandbox-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "toss-sandbox/target: no jar (expected: mvn -pl toss-sandbox -am package before)"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The benchmark runs in the project's folder, its test in that of the module. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("toss-sandbox")) ? here : here.resolveSibling("");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    URI base() {
        return base;
    }

    long pid() {
        return process.pid();
    }

    Duration startTime() {
        return startTime;
    }

    /** Memory it holds, in MiB; 0 where the system does not say. */
    long residentMebibytes() {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
    }
}
