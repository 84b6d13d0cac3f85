package dev.wonflow.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP, as the back end of a tenant's shop speaks it with the services and with Toss. */
final class Http {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** The local sandbox's key; there is no secret in it. */
    private static final String SANDBOX_KEY = "Basic "
            + Base64.getEncoder()
                    .encodeToString("test_sk_wonflow_local_sandbox_0001:".getBytes(StandardCharsets.UTF_8));

    private final HttpClient client = HttpClient.newHttpClient();
    private final String sandbox;
    private final UnaryOperator<String> tokens;

    Http(Stack stack) {
        this(stack.sandbox(), new ShopTokens(stack.issuer())::of);
    }

    /**
     * Creates one for services beside a sandbox.
     *
     * @param tokens answers a token for the shop of a tenant
     */
    Http(String sandbox, UnaryOperator<String> tokens) {
        this.sandbox = sandbox;
        this.tokens = tokens;
    }

    record Answer(int status, JsonNode body) {

        String text(String field) {
            return body.path(field).asString("");
        }
    }

    Answer get(String url) {
        return get(url, ShopTokens.ACME);
    }

    Answer get(String url, String tenant) {
        return join(send(HttpRequest.newBuilder(URI.create(url)).GET(), tenant));
    }

    Answer delete(String url) {
        return join(send(HttpRequest.newBuilder(URI.create(url)).DELETE(), ShopTokens.ACME));
    }

    Answer post(String url, Map<String, ?> body) {
        return join(postAsync(url, body, ShopTokens.ACME));
    }

    CompletableFuture<Answer> postAsync(String url, Map<String, ?> body, String tenant) {
        return send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))),
                tenant);
    }

    private CompletableFuture<Answer> send(HttpRequest.Builder request, String tenant) {
        boolean toSandbox = request.build().uri().toString().startsWith(sandbox);
        HttpRequest complete = request.timeout(TIMEOUT)
                .header("Authorization", toSandbox ? SANDBOX_KEY : "Bearer " + tokens.apply(tenant))
                .build();
        return client.sendAsync(complete, HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> new Answer(
                        answer.statusCode(), JSON.readTree(answer.body().isBlank() ? "{}" : answer.body())));
    }

    static <T> T join(CompletableFuture<T> future) {
        return future.join();
    }

    static JsonNode json(byte[] text) throws IOException {
        return JSON.readTree(text);
    }
}
