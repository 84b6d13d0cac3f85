package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The sandbox alone, as someone starts it who has no use for the rest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxE2E {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path HOME = Path.of("target", "sandbox").toAbsolutePath();

    private final AtomicInteger received = new AtomicInteger();
    private final int port = freePort();
    private HttpServer receiver;
    private Process sandbox;
    private Path output;

    @BeforeAll
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                received.incrementAndGet();
                exchange.sendResponseHeaders(200, -1);
            }
        });
        receiver.start();
        output = Files.createTempFile(Files.createDirectories(HOME), "sandbox-", ".txt");
        sandbox = wonflow(output, "sandbox", "--port", Integer.toString(port), "--webhook-url", hook());
        await().atMost(Duration.ofMinutes(10))
                .until(() -> !sandbox.isAlive() || printed(output).contains("Ctrl-C"));
    }

    @AfterAll
    void stop() {
        sandbox.destroyForcibly();
        receiver.stop(0);
    }

    @Test
    void it_says_where_it_is_and_with_which_keys() throws IOException {
        assertThat(printed(output))
                .contains(
                        "base URL      http://127.0.0.1:" + port,
                        "secret key    test_sk_wonflow_local_sandbox_0001",
                        "client key    test_ck_wonflow_local_sandbox_0001",
                        "webhooks to   " + hook());
    }

    @Test
    void everything_it_lists_can_be_made_to_happen() throws Exception {
        Stack.Run list = run("trigger");
        assertThat(list.exitCode()).as(list.output()).isZero();
        List<String> events = Pattern.compile("(?m)^  ([a-z]+\\.[a-z-]+) ")
                .matcher(list.output())
                .results()
                .map(event -> event.group(1))
                .toList();
        assertThat(events).hasSize(16).isEqualTo(offered());

        for (String event : events) {
            int before = received.get();
            Stack.Run run = run("trigger", event, "--sandbox", "http://127.0.0.1:" + port);
            assertThat(run.exitCode()).as(run.output()).isZero();
            boolean silent = event.equals("billing.issued") || event.equals("billing.charged");
            assertThat(received.get() - before).as(run.output()).matches(count -> silent ? count == 0 : count > 0);
        }
    }

    /** What the sandbox itself says can be made to happen. */
    private List<String> offered() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/control/triggers"))
                    .build();
            return Pattern.compile("\"name\":\"([a-z.-]+)\"")
                    .matcher(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .results()
                    .map(name -> name.group(1))
                    .toList();
        }
    }

    @Test
    void a_second_one_on_the_same_port_says_what_to_do() throws Exception {
        Stack.Run second = run("sandbox", "--port", Integer.toString(port));

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output())
                .contains("Port " + port + " is in use by", "--port " + (port + 1))
                .doesNotContain("Exception");
    }

    @Test
    void a_live_key_stops_it_before_it_listens_and_is_not_shown() throws Exception {
        Stack.Run live =
                run("sandbox", "--port", Integer.toString(freePort()), "TOSS_SECRET_KEY=live_sk_thisMovesRealMoney");

        assertThat(live.exitCode()).isNotZero();
        assertThat(live.output())
                .contains("a live key (expected: a test key")
                .doesNotContain("A local Toss is ready", "thisMovesRealMoney");
    }

    @Test
    void ending_it_leaves_nothing_behind() throws Exception {
        Path text = Files.createTempFile(HOME, "sandbox-", ".txt");
        int another = freePort();
        Process process = wonflow(text, "sandbox", "--port", Integer.toString(another));
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !process.isAlive() || printed(text).contains("Ctrl-C"));

            // As Ctrl-C does, but that is ignored by everything below a shell that was started in the background.
            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(printed(text)).isEqualTo(143);
            assertThat(isListening(another)).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    private Stack.Run run(String... arguments) throws IOException, InterruptedException {
        Path text = Files.createTempFile(HOME, "wonflow-", ".txt");
        Process process = wonflow(text, arguments);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Stack.Run(process.exitValue(), printed(text));
    }

    private static Process wonflow(Path output, String... arguments) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        Stream.concat(Stream.of(ROOT.resolve("wonflow").toString()), Stream.of(arguments))
                                .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().put("WONFLOW_HOME", HOME.toString());
        return command.start();
    }

    private String hook() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    private static String printed(Path output) throws IOException {
        return Files.readString(output);
    }

    private static boolean isListening(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
