package dev.wonflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.testsupport.server.TcpGate;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** PostgreSQL that has stopped answering, though its connections are open. */
class DatabaseAwayIT {

    /** Three seconds, and what a busy machine takes. */
    private static final Duration LIMIT = Duration.ofMillis(3_500);

    /** Eleven seconds for the statement, and what a busy machine takes. */
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(14);

    @Test
    void caller_is_told_within_three_seconds_when_to_come_back() throws Exception {
        TestDatabase database = TestServers.postgres().createDatabase("web");
        TcpGate.Closed closed = TcpGate.closed();
        try (TcpGate gate = closed.open(database.host() + ":" + database.port());
                ConfigurableApplicationContext service = start(database, closed.port());
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address(service, "/count"))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThat(gate.connections()).as("connections through the gate").isPositive();

            // What was used just before is taken from the pool unseen, see Hikari's alive bypass window.
            Awaitility.await("silence").pollDelay(Duration.ofSeconds(1)).until(() -> true);
            gate.hold();
            long asked = System.nanoTime();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            Duration took = Duration.ofNanos(System.nanoTime() - asked);
            gate.release();

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).contains("2");
            assertThat(answer.body()).contains("\"code\":\"service.unavailable\"");
            assertThat(took).isLessThan(LIMIT);
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .as("afterwards")
                    .isEqualTo(200);
        }
    }

    /** The caller of a statement under way, and work in the background that nobody waits for. */
    @Test
    void statement_under_way_is_given_up_and_all_goes_on_once_the_database_answers() throws Exception {
        TestDatabase database = TestServers.postgres().createDatabase("web");
        TcpGate.Closed closed = TcpGate.closed();
        try (TcpGate gate = closed.open(database.host() + ":" + database.port());
                ConfigurableApplicationContext service = start(database, closed.port());
                HttpClient http = HttpClient.newHttpClient()) {
            JdbcClient jdbc = service.getBean(JdbcClient.class);
            CompletableFuture<?> work =
                    inBackground(() -> jdbc.sql("SELECT pg_sleep(2)").query().singleRow());
            CompletableFuture<HttpResponse<String>> answering = http.sendAsync(
                    HttpRequest.newBuilder(address(service, "/slow"))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            long asked = System.nanoTime();
            JdbcClient beside = JdbcClient.create(database.dataSource());
            Awaitility.await("both statements are under way")
                    .until(() -> beside.sql("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"
                                            + " AND state = 'active' AND datname = current_database()")
                                    .query(Long.class)
                                    .single()
                            == 2);
            gate.hold();

            HttpResponse<String> answer = answering.get(60, TimeUnit.SECONDS);
            Duration took = Duration.ofNanos(System.nanoTime() - asked);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).contains("2");
            assertThat(took).isBetween(Duration.ofSeconds(5), STATEMENT_LIMIT);
            assertThatThrownBy(() -> work.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(DataAccessException.class);
            gate.release();
            Awaitility.await("afterwards").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(http.send(
                                        HttpRequest.newBuilder(address(service, "/count"))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
                assertThat(inBackground(() -> jdbc.sql("SELECT 1")
                                        .query(Integer.class)
                                        .single())
                                .get(20, TimeUnit.SECONDS))
                        .isEqualTo(1);
            });
        }
    }

    /** On threads nobody waits for, should they never come back. */
    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
    }

    private static ConfigurableApplicationContext start(TestDatabase database, int port) {
        return new SpringApplicationBuilder(Counter.class)
                .properties(
                        "server.address=127.0.0.1",
                        "server.port=0",
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:" + port + "/" + database.name(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        // Each is open by the time it matters.
                        "spring.datasource.hikari.maximum-pool-size=2")
                .run();
    }

    private static URI address(ConfigurableApplicationContext service, String path) {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @EnableAutoConfiguration
    @Import(Counter.Counting.class)
    static class Counter {

        @RestController
        static class Counting {

            private final JdbcClient jdbc;

            Counting(JdbcClient jdbc) {
                this.jdbc = jdbc;
            }

            @GetMapping("/slow")
            String slow() {
                return String.valueOf(jdbc.sql("SELECT pg_sleep(2)").query().singleRow());
            }

            @GetMapping("/count")
            Integer count() {
                return jdbc.sql("SELECT 1").query(Integer.class).single();
            }
        }
    }
}
