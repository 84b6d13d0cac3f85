package dev.wonflow.benchmarks.bed;

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

/** One of Wonflow's programs as its users have it: its jar in a process of its own, on a free port of this machine. */
public final class JarProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Process process;
    private final URI base;
    private final Duration startTime;

    private JarProcess(Process process, URI base, Duration startTime) {
        this.process = process;
        this.base = base;
        this.startTime = startTime;
    }

    /**
     * What to start.
     *
     * @param module folder of its module, such as {@code toss-sandbox}
     * @param jvmOptions of its virtual machine
     * @param arguments such as {@code --wonflow.sandbox.payment.capacity=1}
     * @param environment beside what this process has
     * @param probe path that is asked until it answers, whatever the answer
     */
    public record Program(
            String module,
            List<String> jvmOptions,
            List<String> arguments,
            Map<String, String> environment,
            String probe) {

        String name() {
            return Path.of(module).getFileName().toString();
        }
    }

    /**
     * Starts a program on a free port and waits until it serves.
     *
     * @param work for its log
     * @throws IllegalStateException if it does not serve within three minutes; the message names the log
     */
    public static JarProcess start(Path work, Program program) throws IOException {
        return start(work, program, freePort());
    }

    /** The same on a port that others have been told of. */
    public static JarProcess start(Path work, Program program, int port) throws IOException {
        Path log = Files.createDirectories(work).resolve(program.name() + ".log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program.jvmOptions());
        command.addAll(List.of("-jar", jar(program).toString(), "--server.port=" + port));
        command.addAll(program.arguments());
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(program.environment());
        long startedAt = System.nanoTime();
        Process process = builder.start();
        URI base = URI.create("http://127.0.0.1:" + port);
        try (var http = HttpClient.newHttpClient()) {
            while (!answers(http, base, program)) {
                if (!process.isAlive() || System.nanoTime() - startedAt > START_LIMIT.toNanos()) {
                    process.destroyForcibly();
                    throw new IllegalStateException(program.name() + ": does not serve (expected: within " + START_LIMIT
                            + "); its log is " + log);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return new JarProcess(process, base, Duration.ofNanos(System.nanoTime() - startedAt));
    }

    private static boolean answers(HttpClient http, URI base, Program program) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(program.probe()))
                .timeout(START_LIMIT)
                .build();
        try {
            http.send(request, BodyHandlers.discarding());
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program.name() + " started", e);
        }
    }

    private static Path jar(Program program) {
        Path folder = root().resolve(program.module()).resolve("target");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("wonflow-" + program.name() + "-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            folder + ": no jar (expected: mvn -pl " + program.module() + " -am package before)"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The benchmark runs in the project's folder, its test in that of the module. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("toss-sandbox")) ? here : here.resolveSibling("");
    }

    /** A port nobody listens on. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public URI base() {
        return base;
    }

    public long pid() {
        return process.pid();
    }

    public Duration startTime() {
        return startTime;
    }

    /** Memory it holds, in MiB; 0 where the system does not say. */
    public long residentMebibytes() {
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

    /** Ends it as the kernel does: nothing is finished, nothing given back. */
    public void kill() {
        process.destroyForcibly().onExit().join();
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
