package dev.wonflow.local.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Hands webhooks on as they were sent: the same bytes, the same headers of Toss. */
final class Forward {

    /** As long as Toss waits. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    /** What the connection decides by itself. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "content-length", "connection", "expect", "upgrade");

    private final URI url;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Forward(URI url) {
        this.url = url;
    }

    URI url() {
        return url;
    }

    /** Sends one, and answers in a few words what came back. */
    String send(JsonNode sent) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(ANSWER_LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString(sent.path("body").asString("")));
        sent.path("headers").properties().stream()
                .filter(header -> !OF_THE_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .forEach(header ->
                        request.setHeader(header.getKey(), header.getValue().asString()));
        long begin = System.nanoTime();
        try {
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
            return status + " after " + millis + " ms" + (status == 200 ? "" : "; Toss would try again");
        } catch (IOException e) {
            return "no answer (" + e.getClass().getSimpleName() + "); Toss would try again";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
