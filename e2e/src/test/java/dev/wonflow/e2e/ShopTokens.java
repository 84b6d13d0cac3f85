package dev.wonflow.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tokens that shops get from the stack's issuer, each asked for again before it ends. */
final class ShopTokens {

    static final String ACME = "acme";
    static final String GLOBEX = "globex";

    private static final String EVERYTHING =
            "grant_type=client_credentials&scope=tenant:billing+tenant:billing:read+checkout:write+order:fulfil";

    private static final Duration SPARE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final URI endpoint;
    private final Map<String, Token> held = new HashMap<>();

    ShopTokens(String issuer) {
        this.endpoint = URI.create(issuer + "/oauth2/token");
    }

    private record Token(String value, long endsAtNanos) {}

    /** A token of a tenant's shop, for all that a shop may do. */
    synchronized String of(String tenant) {
        Token token = held.get(tenant);
        if (token == null || System.nanoTime() - token.endsAtNanos() >= 0) {
            token = ask(tenant);
            held.put(tenant, token);
        }
        return token.value();
    }

    private Token ask(String tenant) {
        String shop = tenant + "-shop";
        String credentials = Base64.getEncoder().encodeToString((shop + ":" + shop).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(EVERYTHING))
                .build();
        try {
            long asked = System.nanoTime();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode body = json.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("token of " + shop + ": " + answer.statusCode() + " " + body);
            }
            Duration life = Duration.ofSeconds(body.path("expires_in").asLong());
            return new Token(
                    body.path("access_token").asString(),
                    asked + life.minus(SPARE).toNanos());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
