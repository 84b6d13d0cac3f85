package dev.wonflow.local.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wonflow.local.Trouble;
import dev.wonflow.local.clock.TenantClock.Expected;
import dev.wonflow.local.clock.TenantClock.Stop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TenantClockTest {

    private static final Instant START = Instant.parse("2026-01-05T03:00:00Z");
    private static final String CUSTOMER = "/control/customers/cus%2F1/clock";

    private final Parts parts = new Parts();
    private final List<String> stops = new ArrayList<>();

    TenantClockTest() throws IOException {}

    @AfterEach
    void stop() {
        parts.stop();
    }

    @Test
    void tenant_stops_at_each_moment_something_is_due_at_until_that_is_done() throws InterruptedException {
        parts.due(31, 59, 90);

        List<Reading> readings = clock().to(day(75), this::note);

        assertThat(stops).containsExactly("31 DUE", "59 DUE", "75 THERE");
        assertThat(parts.done).containsExactly(31L, 59L);
        assertThat(readings)
                .extracting(reading -> reading.time().orElseThrow().ahead())
                .containsOnly(Duration.ofDays(75));
        assertThat(readings)
                .extracting(Reading::part)
                .containsExactly("subscription-service", "payment-service", "toss-sandbox");
    }

    @Test
    void toss_is_moved_first_and_who_decides_what_is_due_last() throws InterruptedException {
        TenantClock clock = clock();
        clock.to(day(1), this::note);

        assertThat(parts.moves).endsWith("sandbox PT24H", "payment PT24H", "subscription PT24H");
    }

    @Test
    void charge_that_is_to_be_looked_for_later_is_moved_to_and_not_waited_for() throws InterruptedException {
        parts.due(31);
        parts.retries = 2;

        clock().to(day(40), this::note);

        assertThat(stops).containsExactly("31 DUE", "32 RETRY", "33 RETRY", "40 THERE");
        assertThat(parts.done).containsExactly(31L);
    }

    @Test
    void charge_whose_turn_comes_after_the_moment_to_go_to_is_told_of() {
        parts.due(31);
        parts.retries = 1;

        assertThatThrownBy(() -> clock().to(day(31).plusSeconds(1), this::note))
                .isInstanceOf(Trouble.class)
                .hasMessageStartingWith("A charge of acme is not known to be made, and asked about again at ")
                .hasMessageContaining("./wonflow clock advance --tenant acme 1h");
    }

    @Test
    void part_that_was_restarted_is_brought_along_before_anything_is_moved() throws InterruptedException {
        parts.subscription = Duration.ofDays(45);

        clock().to(day(46), this::note);

        assertThat(parts.moves)
                .containsExactly(
                        "sandbox PT1080H",
                        "payment PT1080H",
                        "sandbox PT1104H",
                        "payment PT1104H",
                        "subscription PT1104H");
    }

    @Test
    void moment_that_has_passed_for_the_tenant_moves_nothing() {
        parts.subscription = Duration.ofDays(45).plusMillis(123);

        assertThatThrownBy(() -> clock().to(day(45), this::note))
                .isInstanceOf(Trouble.class)
                .hasMessageStartingWith(
                        "It is 2026-02-19T03:00:00Z for acme already, and a tenant's time runs forward.");
        assertThat(parts.moves).isEmpty();
    }

    @Test
    void moment_that_is_too_far_is_refused_before_anything_on_the_way_happens() {
        parts.due(31);
        parts.subscription = Duration.ofDays(45);

        assertThatThrownBy(() -> clock().to(day(3_661), this::note))
                .isInstanceOf(Trouble.class)
                .hasMessageStartingWith(
                        "That is too far: acme can be 3660 days ahead of all others at most, and is 45 ahead already.");
        assertThat(parts.moves).isEmpty();
    }

    @Test
    void what_will_happen_is_asked_for_and_moves_nothing() throws InterruptedException {
        parts.due(31);

        assertThat(clock().expected(day(75))).containsExactly(new Expected(day(31), "renewal of pro, 59,000 won"));
        assertThat(parts.moves).isEmpty();
    }

    @Test
    void service_without_such_a_clock_is_named_with_what_to_do() {
        parts.old = true;

        assertThatThrownBy(() -> clock().read())
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("cannot move single tenants")
                .hasMessageContaining("./wonflow down, then ./wonflow up");
    }

    private TenantClock clock() {
        return new TenantClock("acme", parts.url, parts.url + "/p", parts.url + "/s", () -> "cus/1");
    }

    private void note(Instant moment, Stop stop) {
        stops.add(Duration.between(START, moment).toDays() + " " + stop);
    }

    private static Instant day(long days) {
        return START.plus(Duration.ofDays(days));
    }

    /** The sandbox and two services, whose machine's time stands still. */
    private static final class Parts {

        private static final JsonMapper JSON = new JsonMapper();

        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final String url = "http://127.0.0.1:" + server.getAddress().getPort();
        private final List<String> moves = new ArrayList<>();
        private final List<Long> done = new ArrayList<>();
        private final TreeSet<Long> dues = new TreeSet<>();
        private Duration sandbox = Duration.ZERO;
        private Duration payment = Duration.ZERO;
        private Duration subscription = Duration.ZERO;
        private int retries;
        private int looks;
        private boolean old;

        /** Something due at a day is seen once to be under way, and then done, when its charge is not looked for. */
        private long underWay;

        Parts() throws IOException {
            server.createContext("/", this::handle);
            server.start();
        }

        void due(long... days) {
            for (long day : days) {
                dues.add(day);
            }
        }

        void stop() {
            server.stop(0);
        }

        private synchronized void handle(HttpExchange exchange) throws IOException {
            String path = exchange.getRequestURI().getRawPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (old) {
                answer(exchange, 404, "{}");
            } else if (path.equals("/s/actuator/tenantclock/acme")
                    && exchange.getRequestURI().getRawQuery() != null) {
                answer(exchange, 200, """
                    {"expected":[{"at":"%s","what":"renewal of pro, 59,000 won"}]}""".formatted(day(dues.first())));
            } else if (path.equals("/s/actuator/tenantclock/acme")) {
                subscription = moved("subscription", body, subscription);
                if (body.length == 0) {
                    goOn();
                }
                answer(exchange, 200, standing(subscription, underWay, dues.isEmpty() ? null : day(dues.first())));
            } else if (path.equals("/p/actuator/tenantclock/acme")) {
                payment = moved("payment", body, payment);
                boolean waits = underWay > 0 && looks < retries;
                answer(exchange, 200, standing(payment, 0, waits ? day(31 + looks + 1) : null));
            } else if (path.equals(CUSTOMER)) {
                sandbox = moved("sandbox", body, sandbox);
                answer(exchange, 200, standing(sandbox, 0, null));
            } else {
                answer(exchange, 500, "{}");
            }
        }

        private void goOn() {
            if (underWay > 0 && looks < retries && !START.plus(payment).isBefore(day(31 + looks + 1))) {
                looks++;
            } else if (underWay > 0 && looks == retries) {
                underWay = 0;
                done.add(dues.pollFirst());
            } else if (!dues.isEmpty() && !day(dues.first()).isAfter(START.plus(subscription))) {
                underWay = 1;
            }
        }

        private Duration moved(String part, byte[] body, Duration before) {
            if (body.length == 0) {
                return before;
            }
            Duration ahead = Duration.parse(JSON.readTree(body).path("ahead").asString());
            moves.add(part + " " + ahead);
            return ahead;
        }

        private static String standing(Duration ahead, long underWay, @Nullable Instant next) {
            return "{\"now\":\"%s\",\"ahead\":\"%s\",\"underWay\":%d,\"next\":%s}"
                    .formatted(START.plus(ahead), ahead, underWay, next == null ? null : "\"" + next + "\"");
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
