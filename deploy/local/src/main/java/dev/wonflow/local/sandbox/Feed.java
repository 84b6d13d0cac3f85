package dev.wonflow.local.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox's stream of what it sends, as server-sent events. */
final class Feed {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final String EVENT = "event:";
    private static final String DATA = "data:";

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final JsonMapper json = new JsonMapper();

    Feed(String root) {
        this.address = URI.create(root + "/control/webhooks/feed");
    }

    /**
     * One event.
     *
     * @param name {@code sent} when an attempt begins, {@code ended} when its outcome is known
     */
    record Event(String name, JsonNode data) {}

    /**
     * Follows the stream until it ends, which it does when the sandbox stops.
     *
     * @param connected told once the stream is open
     * @throws IOException if there is no stream, or it breaks
     */
    void follow(Runnable connected, Consumer<Event> listener) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(address + " answers " + response.statusCode());
            }
            connected.run();
            read(lines.iterator(), listener);
        } catch (UncheckedIOException e) {
            throw new IOException("the stream broke", e);
        }
    }

    /** Events end with an empty line; what begins with a colon only keeps the connection busy. */
    private void read(Iterator<String> lines, Consumer<Event> listener) {
        String name = "";
        StringBuilder data = new StringBuilder();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(EVENT)) {
                name = line.substring(EVENT.length()).strip();
            } else if (line.startsWith(DATA)) {
                data.append(data.isEmpty() ? "" : "\n").append(line.substring(DATA.length()));
            } else if (line.isEmpty() && !data.isEmpty()) {
                listener.accept(new Event(name, json.readTree(data.toString())));
                name = "";
                data.setLength(0);
            }
        }
    }
}
