package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class WebhookFeedTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void listener_hears_each_attempt_begin_and_end() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader feed = listen(http)) {
            sandbox.confirm(sandbox.authenticated(orderId), orderId);

            JsonNode sent = next(feed, "sent");
            JsonNode ended = next(feed, "ended");

            assertThat(sent.path("eventType").asString()).isEqualTo("PAYMENT_STATUS_CHANGED");
            assertThat(sent.path("url").asString())
                    .isEqualTo(RunningSandbox.sharedReceiver().url().toString());
            assertThat(sent.at("/headers/tosspayments-webhook-transmission-retried-count")
                            .asString())
                    .isEqualTo("0");
            assertThat(sent.path("body").asString())
                    .isEqualTo(sandbox.webhooks(orderId).at("/0/body").asString());
            assertThat(ended.path("outcome").asString()).isEqualTo("ACCEPTED");
            assertThat(ended.path("httpStatus").asInt()).isEqualTo(200);
            assertThat(ended.path("status").asString()).isEqualTo("SUCCEEDED");
        }
    }

    @Test
    void what_nobody_registered_for_is_heard_all_the_same() throws Exception {
        try (RunningSandbox unheard = RunningSandbox.start();
                HttpClient http = HttpClient.newHttpClient();
                BufferedReader feed = reader(http.send(
                        unheard.request("/control/webhooks/feed").build(),
                        HttpResponse.BodyHandlers.ofInputStream()))) {
            assertThat(feed.readLine()).isEqualTo(":listening");
            unheard.confirm(unheard.authenticated(orderId), orderId);

            assertThat(next(feed, "sent").path("url").isNull()).isTrue();
        }
    }

    @Test
    void too_many_listeners_are_turned_away_and_a_stop_waits_for_none() throws Exception {
        try (Listeners listeners = new Listeners()) {
            try (RunningSandbox popular = RunningSandbox.start()) {
                for (int i = 0; i < 32; i++) {
                    assertThat(listeners.join(popular).statusCode()).isEqualTo(200);
                }

                assertThat(listeners.join(popular).statusCode()).isEqualTo(503);
            }
            assertThat(listeners.feeds)
                    .allSatisfy(feed -> assertThat(feed.lines().toList()).doesNotContain("event:sent"));
        }
    }

    /** A stop that hurries leaves out the last chunk. */
    @Test
    void stream_is_whole_wherever_the_connection_ends() throws Exception {
        try (Listeners listeners = new Listeners()) {
            HttpHeaders headers = listeners.join(sandbox).headers();

            assertThat(headers.firstValue("connection")).contains("close");
            assertThat(headers.firstValue("transfer-encoding")).isEmpty();
        }
    }

    /** Those who listen, and who leave even if a test fails: a client that closes waits for what it has not read. */
    private static final class Listeners implements AutoCloseable {

        final List<BufferedReader> feeds = new ArrayList<>();
        private final HttpClient http = HttpClient.newHttpClient();

        HttpResponse<InputStream> join(RunningSandbox sandbox) throws IOException, InterruptedException {
            HttpResponse<InputStream> answer = http.send(
                    sandbox.request("/control/webhooks/feed").build(), HttpResponse.BodyHandlers.ofInputStream());
            feeds.add(reader(answer));
            return answer;
        }

        @Override
        public void close() throws IOException {
            for (BufferedReader feed : feeds) {
                feed.close();
            }
            http.close();
        }
    }

    private BufferedReader listen(HttpClient http) throws IOException, InterruptedException {
        BufferedReader feed = reader(http.send(
                sandbox.request("/control/webhooks/feed").build(), HttpResponse.BodyHandlers.ofInputStream()));
        assertThat(feed.readLine()).isEqualTo(":listening");
        return feed;
    }

    private static BufferedReader reader(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** The next event of this name about our order. */
    private JsonNode next(BufferedReader feed, String name) throws IOException {
        String event = "";
        for (String line = feed.readLine(); line != null; line = feed.readLine()) {
            if (line.startsWith("event:")) {
                event = line.substring("event:".length());
            } else if (line.startsWith("data:") && event.equals(name)) {
                JsonNode data = RunningSandbox.json(line.substring("data:".length()));
                if (data.path("orderId").asString().equals(orderId)) {
                    return data;
                }
            }
        }
        throw new AssertionError("the feed ended before " + name);
    }
}
