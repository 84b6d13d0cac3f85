package dev.wonflow.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.wonflow.local.screen.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenTest {

    /** As the sandbox writes it: a comment, an event, a heartbeat, and another event. */
    private static final String STREAM = """
        :listening

        event:sent
        data:{"at": "2026-03-01T01:16:02Z", "transmissionId": "whtrans_1", "eventType": "PAYMENT_STATUS_CHANGED", "orderId": "ord-1",
        data: "paymentKey": "key", "url": "http://127.0.0.1:1/hook", "retriedCount": 1,
        data: "headers": {"content-type": "application/json", "Content-Length": "5", "tosspayments-webhook-transmission-id": "whtrans_1"},
        data: "body": "{\\"data\\": {\\"status\\": \\"DONE\\",  \\"orderName\\": \\"머그컵\\"}}"}

        :alive

        event:ended
        data:{"at": "2026-03-01T01:16:03Z", "transmissionId": "whtrans_1", "orderId": "ord-1", "url": "http://127.0.0.1:1/hook",
        data: "outcome": "REFUSED", "httpStatus": 500, "status": "SENDING", "nextAttemptAt": "2026-03-01T01:20:02Z"}

        event:sent
        data:{"at": "2026-03-01T01:16:04Z", "transmissionId": "whtrans_2", "eventType": null, "orderId": "ord\\u001b[2J", "url": null,
        data: "retriedCount": 0, "headers": {}, "body": "no json"}

        event:sent
        data:{"at": "2026-03-01T01:16:05Z", "eventType": "\\u001b[31m\\u009bRED", "orderId": "ord-3", "url": null,
        data: "retriedCount": 0, "headers": {}, "body": "{}"}

        """;

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final String root = "http://127.0.0.1:" + server.getAddress().getPort();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Terminal terminal = Terminal.plain(new PrintStream(output, true, StandardCharsets.UTF_8));
    private final List<String> forwarded = Collections.synchronizedList(new ArrayList<>());

    ListenTest() throws IOException {
        server.createContext("/control/webhooks/feed", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(STREAM.getBytes(StandardCharsets.UTF_8));
            }
        });
        server.createContext("/hook", exchange -> {
            try (exchange) {
                forwarded.add(exchange.getRequestHeaders().getFirst("tosspayments-webhook-transmission-id") + " "
                        + exchange.getRequestHeaders().getFirst("content-type") + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(201, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void every_attempt_and_its_outcome_is_a_line() throws InterruptedException {
        try (Listen listen = new Listen(root, Optional.empty(), terminal)) {
            assertThat(listen.once()).isTrue();
        }

        assertThat(printed().lines())
                .containsExactly(
                        "Listening to " + root + ". Ctrl-C ends it.",
                        "10:16:02  PAYMENT_STATUS_CHANGED  DONE                 ord-1  attempt 2 to http://127.0.0.1:1/hook",
                        "10:16:03    http://127.0.0.1:1/hook answered 500, again at 10:20:02",
                        "10:16:04  DEPOSIT_CALLBACK                             ord?[2J  nobody registered",
                        "10:16:05  ?[31m?RED                                    ord-3  nobody registered");
    }

    @Test
    void what_is_forwarded_has_the_bytes_and_the_headers_of_what_was_sent() throws InterruptedException {
        try (Listen listen = new Listen(root, Optional.of(URI.create(root + "/hook")), terminal)) {
            listen.once();
            await().untilAsserted(() -> assertThat(printed()).contains("forwarded: 201 after"));
        }

        assertThat(forwarded)
                .first()
                .isEqualTo("whtrans_1 application/json {\"data\": {\"status\": \"DONE\",  \"orderName\": \"머그컵\"}}");
        assertThat(printed()).contains("; Toss would try again");
    }

    @Test
    void a_sandbox_that_is_not_there_is_no_failure() throws InterruptedException {
        server.stop(0);

        try (Listen listen = new Listen(root, Optional.empty(), terminal)) {
            assertThat(listen.once()).isFalse();
        }
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
