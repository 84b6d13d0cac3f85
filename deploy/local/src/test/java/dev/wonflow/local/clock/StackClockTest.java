package dev.wonflow.local.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wonflow.local.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StackClockTest {

    private static final Instant MACHINE = Instant.parse("2026-01-05T03:00:00Z");

    @TempDir
    private Path data;

    private final Clocked sandbox = new Clocked();
    private final Clocked orders = new Clocked();
    private final Clocked payments = new Clocked();

    StackClockTest() throws IOException {}

    @AfterEach
    void stop() {
        sandbox.stop();
        orders.stop();
        payments.stop();
    }

    @Test
    void the_services_follow_the_sandbox_and_all_show_the_same_time() throws InterruptedException {
        List<Reading> readings = clock().advance(Duration.ofDays(3));

        assertThat(readings)
                .extracting(Reading::part)
                .containsExactly("toss-sandbox", "order-service", "payment-service");
        assertThat(readings)
                .extracting(reading -> reading.time().orElseThrow().now())
                .containsOnly(MACHINE.plus(Duration.ofDays(3)));
    }

    @Test
    void what_starts_later_starts_as_far_ahead() throws InterruptedException {
        clock().advance(Duration.ofDays(3));

        assertThat(new ClockFile(data).read()).isEqualTo(Duration.ofDays(3));
    }

    @Test
    void a_sandbox_that_runs_alone_leaves_no_trace_beside_the_stacks_data() throws InterruptedException {
        orders.stop();
        payments.stop();

        List<Reading> readings = clock().advance(Duration.ofDays(3));

        assertThat(readings).extracting(Reading::instead).containsExactly("", "does not run", "does not run");
        assertThat(new ClockFile(data).read()).isZero();
    }

    @Test
    void a_service_that_was_restarted_strays_until_it_is_aligned() throws InterruptedException {
        clock().advance(Duration.ofDays(3));
        payments.ahead = Duration.ZERO;

        assertThat(clock().read())
                .extracting(reading -> reading.strays(Duration.ofDays(3)))
                .containsExactly(false, false, true);
        assertThat(clock().align()).noneMatch(reading -> reading.strays(Duration.ofDays(3)));
    }

    @Test
    void going_back_to_the_latest_snapshot_takes_the_services_clocks_along() throws InterruptedException {
        assertThat(clock().snapshot()).isEqualTo("taken-at-PT0S");
        clock().advance(Duration.ofDays(3));

        assertThat(clock().reset(Optional.empty())).noneMatch(reading -> reading.strays(Duration.ZERO));
        assertThat(orders.ahead).isZero();
        assertThat(new ClockFile(data).read()).isZero();
    }

    @Test
    void without_a_snapshot_there_is_no_way_back() {
        assertThatThrownBy(() -> clock().reset(Optional.empty()))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("./wonflow clock snapshot");
    }

    @Test
    void a_service_whose_clock_cannot_be_moved_is_named() throws InterruptedException {
        payments.hasEndpoint = false;

        assertThat(clock().advance(Duration.ofDays(3)).getLast().instead())
                .startsWith("has a clock that cannot be moved");
        assertThat(orders.ahead).isEqualTo(Duration.ofDays(3));
    }

    @Test
    void nothing_is_moved_when_the_sandbox_refuses() {
        sandbox.refuses = true;

        assertThatThrownBy(() -> clock().to(MACHINE.minusSeconds(1)))
                .isInstanceOf(Trouble.class)
                .hasMessage("Nothing was moved: toss-sandbox answers 400 INVALID_REQUEST by: too little.");
        assertThat(orders.ahead).isZero();
    }

    @Test
    void without_a_sandbox_there_is_no_time_to_follow() {
        sandbox.stop();

        assertThatThrownBy(() -> clock().read())
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("There is no sandbox at " + sandbox.url)
                .hasMessageContaining("./wonflow up");
    }

    private StackClock clock() {
        Map<String, String> services = new TreeMap<>();
        services.put("order-service", orders.url);
        services.put("payment-service", payments.url);
        return new StackClock(sandbox.url, services, new ClockFile(data));
    }

    /** A process with a clock: as the sandbox has one, and as a service has one. */
    private static final class Clocked {

        private static final JsonMapper JSON = new JsonMapper();

        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final String url = "http://127.0.0.1:" + server.getAddress().getPort();
        private Duration ahead = Duration.ZERO;
        private boolean hasEndpoint = true;
        private boolean refuses;
        private final List<String> snapshots = new ArrayList<>();

        Clocked() throws IOException {
            server.createContext("/control/clock/advance", exchange -> {
                JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
                ahead = ahead.plus(Duration.parse(body.path("by").asString("PT0S")));
                answer(exchange, refuses ? 400 : 200);
            });
            server.createContext("/control/clock", exchange -> answer(exchange, 200));
            server.createContext("/control/snapshots", exchange -> {
                boolean taken = exchange.getRequestMethod().equals("POST");
                if (exchange.getRequestURI().getPath().endsWith("/reset")) {
                    ahead = Duration.ZERO;
                } else if (taken) {
                    snapshots.add("taken-at-" + ahead);
                }
                String ids =
                        snapshots.stream().map(id -> "{\"id\": \"" + id + "\"}").collect(Collectors.joining(", "));
                answer(exchange, 200, taken ? ids : "[" + ids + "]");
            });
            server.createContext("/actuator/clock", exchange -> {
                byte[] body = exchange.getRequestBody().readAllBytes();
                if (body.length > 0 && hasEndpoint) {
                    ahead = Duration.parse(JSON.readTree(body).path("ahead").asString());
                }
                answer(exchange, hasEndpoint ? 200 : 404);
            });
            server.start();
        }

        void stop() {
            server.stop(0);
        }

        private void answer(HttpExchange exchange, int status) throws IOException {
            answer(
                    exchange,
                    status,
                    status == 200
                            ? "{\"now\": \"" + MACHINE.plus(ahead) + "\", \"ahead\": \"" + ahead + "\"}"
                            : "{\"code\": \"INVALID_REQUEST\", \"message\": \"by: too little\"}");
        }

        private static void answer(HttpExchange exchange, int status, String body) throws IOException {
            try (exchange) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
