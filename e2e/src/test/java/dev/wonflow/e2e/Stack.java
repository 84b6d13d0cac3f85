package dev.wonflow.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The whole of Wonflow as its users start it: {@code ./wonflow}, with a state folder and ports of its own. */
final class Stack implements AutoCloseable {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The ports of deploy/local before the offset. */
    private static final List<Integer> PORTS =
            List.of(15432, 19092, 19093, 18080, 18081, 18082, 18083, 18084, 18086, 18025, 18071, 18072, 18073, 18074);

    /** The parts that are ours. */
    static final List<String> SERVICES =
            List.of("order-service", "payment-service", "webhook-ingest", "subscription-service");

    private final Path state;
    private final int offset;

    private Stack(Path state, int offset) {
        this.state = state;
        this.offset = offset;
    }

    /** Starts everything; takes up to some minutes where processes have not been started before. */
    static Stack up() {
        return started(Path.of("target", "stack"));
    }

    /**
     * The same, beside any other, and with nothing of what an earlier run has left but what makes it start faster.
     *
     * @param name tells its folder from those of others
     */
    static Stack upAnew(String name) {
        Path state = Path.of("target", "stack-" + name);
        delete(state.resolve("data"));
        return started(state);
    }

    private static Stack started(Path state) {
        Stack stack = new Stack(state.toAbsolutePath(), freeOffset());
        Run up = stack.wonflow("up");
        if (up.exitCode() != 0) {
            stack.close();
            throw new IllegalStateException("./wonflow up ended with " + up.exitCode() + "\n" + up.output());
        }
        return stack;
    }

    /** One finished command and all it printed. */
    record Run(int exitCode, String output) {}

    Run wonflow(String... arguments) {
        try {
            Path output = Files.createTempFile(Files.createDirectories(Path.of("target")), "wonflow-", ".txt");
            ProcessBuilder command = new ProcessBuilder(
                            Stream.concat(Stream.of(ROOT.resolve("wonflow").toString()), Stream.of(arguments))
                                    .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            command.environment().put("JAVA_HOME", System.getProperty("java.home"));
            command.environment().put("WONFLOW_HOME", state.toString());
            command.environment().put("WONFLOW_PORT_OFFSET", Integer.toString(offset));
            Process process = command.start();
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("./wonflow " + String.join(" ", arguments)
                        + ": not done after 10 minutes\n" + Files.readString(output));
            }
            return new Run(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    String kafka() {
        return "127.0.0.1:" + (19092 + offset);
    }

    String issuer() {
        return http(18086);
    }

    String sandbox() {
        return http(18080);
    }

    String orders() {
        return http(18081);
    }

    String payments() {
        return http(18082);
    }

    String webhooks() {
        return http(18083);
    }

    String subscriptions() {
        return http(18084);
    }

    /** Where every process writes its log. */
    Path logs() {
        return state.resolve("logs");
    }

    /** The database of a service, as the service sees it. */
    Connection database(String name) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + (15432 + offset) + "/" + name, name, name);
    }

    /** Where the services tell how they fare, that of the orders first. */
    List<String> management() {
        return IntStream.of(18071, 18072, 18073, 18074).mapToObj(this::http).toList();
    }

    @Override
    public void close() {
        Run down = wonflow("down");
        if (down.exitCode() != 0) {
            throw new IllegalStateException("./wonflow down ended with " + down.exitCode() + "\n" + down.output());
        }
    }

    private String http(int port) {
        return "http://127.0.0.1:" + (port + offset);
    }

    private static void delete(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be deleted", e);
        }
    }

    /** Virtual machines that run at the same time look for ports at different ones, since it takes long to bind all. */
    private static int freeOffset() {
        int fork = System.getProperty("wonflow.fork", "").endsWith("2") ? 4_000 : 3_000;
        return IntStream.iterate(fork, offset -> offset <= 30_000, offset -> offset + 2_000)
                .filter(offset -> PORTS.stream().allMatch(port -> isFree(port + offset)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free set of ports"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
