package dev.wonflow.local.http;

import dev.wonflow.local.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks JSON with one server. */
public final class JsonHttp {

    /** Longer than payment-service waits for Toss. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(70);

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

    private final String server;
    private final String root;
    private final Map<String, String> headers;
    private final HttpClient http;
    private final JsonMapper json = new JsonMapper();

    /**
     * Creates it.
     *
     * @param server its name in messages
     * @param root its URL without a trailing slash
     * @param headers sent with every request
     */
    public JsonHttp(String server, String root, Map<String, String> headers) {
        this(
                server,
                root,
                headers,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_LIMIT)
                        .build());
    }

    private JsonHttp(String server, String root, Map<String, String> headers, HttpClient http) {
        this.server = server;
        this.root = root;
        this.headers = Map.copyOf(headers);
        this.http = http;
    }

    /** The same with one more header. */
    public JsonHttp with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new JsonHttp(server, root, more, http);
    }

    /** Nobody is there, or who is there went silent. */
    public static final class NoAnswer extends Trouble {

        private static final long serialVersionUID = 1L;

        public NoAnswer(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The URL of the server, without a trailing slash. */
    public String root() {
        return root;
    }

    /**
     * An answer.
     *
     * @param body missing node if it was empty or no JSON
     */
    public record Answer(String request, int status, JsonNode body) {

        /**
         * The body of an answer that must be a success.
         *
         * @throws Trouble if it is not
         */
        public JsonNode ok() {
            if (status / 100 != 2) {
                throw new Trouble(request + " answered " + this);
            }
            return body;
        }

        @Override
        public String toString() {
            String code = body.path("code").asString("");
            String detail = body.path("detail").asString(body.path("message").asString(""));
            return (status + " " + code + " " + detail).strip();
        }
    }

    public Answer get(String path) throws InterruptedException {
        return send(
                "GET " + path, HttpRequest.newBuilder(URI.create(root + path)).GET());
    }

    public Answer delete(String path) throws InterruptedException {
        return send(
                "DELETE " + path,
                HttpRequest.newBuilder(URI.create(root + path)).DELETE());
    }

    public Answer post(String path, Object body) throws InterruptedException {
        return send(
                "POST " + path,
                HttpRequest.newBuilder(URI.create(root + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    public Answer put(String path, Object body) throws InterruptedException {
        return send(
                "PUT " + path,
                HttpRequest.newBuilder(URI.create(root + path))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    /** Posts a form and reads JSON. */
    public Answer postForm(String path, Map<String, String> form) throws InterruptedException {
        return send(
                "POST " + path,
                HttpRequest.newBuilder(URI.create(root + path))
                        .header("Content-Type", Form.TYPE)
                        .POST(HttpRequest.BodyPublishers.ofString(Form.encoded(form))));
    }

    private Answer send(String name, HttpRequest.Builder request) throws InterruptedException {
        headers.forEach(request::header);
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(ANSWER_LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(server + " " + name, response.statusCode(), parsed(response.body()));
        } catch (IOException e) {
            throw new NoAnswer(server + " does not answer at " + root + " (" + e.getMessage() + ").", e);
        }
    }

    private JsonNode parsed(String body) {
        try {
            return body.isBlank() ? json.missingNode() : json.readTree(body);
        } catch (JacksonException _) {
            return json.missingNode(); // An error page, say; the status tells enough.
        }
    }
}
