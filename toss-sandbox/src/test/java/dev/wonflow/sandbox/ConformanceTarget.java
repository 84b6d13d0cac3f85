package dev.wonflow.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Whom the conformance suite asks: the sandbox, or the test API of Toss itself when a test key of one's own is given.
 * It uses nothing of the sandbox but its address.
 *
 * @param base where {@code /v1} is
 * @param secretKey key of a merchant
 * @param isToss whether this is Toss itself
 */
record ConformanceTarget(URI base, String secretKey, boolean isToss) {

    static final String KEY_VARIABLE = "TOSS_TEST_API_KEY";
    static final String URL_VARIABLE = "TOSS_TEST_API_URL";

    private static final String TOSS = "https://api.tosspayments.com";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Toss may take a minute for a charge. */
    private static final Duration LIMIT = Duration.ofSeconds(65);

    /**
     * Decides by the environment, and says what it decided.
     *
     * @throws IllegalArgumentException for a live key: this suite takes money
     */
    static ConformanceTarget of(Map<String, String> environment) {
        Optional<String> key =
                Optional.ofNullable(environment.get(KEY_VARIABLE)).filter(value -> !value.isBlank());
        if (key.isEmpty()) {
            System.out.println("""

                ***  Conformance is checked against the sandbox only, not against Toss.                    ***
                ***  To ask the test API of Toss as well, set %s to a test secret key of yours. ***
                """.formatted(KEY_VARIABLE));
            return new ConformanceTarget(RunningSandbox.shared().base(), RunningSandbox.SECRET_KEY, false);
        }
        if (!key.get().startsWith("test_")) {
            throw new IllegalArgumentException(KEY_VARIABLE + ": not a test key (expected: test_sk_… or test_gsk_…)");
        }
        String url = environment.getOrDefault(URL_VARIABLE, TOSS);
        System.out.println("\n***  Conformance is checked against " + url + "  ***\n");
        return new ConformanceTarget(URI.create(url), key.get(), true);
    }

    RunningSandbox.Answer get(String path) {
        return send(request(path));
    }

    RunningSandbox.Answer post(String path, String body, String... headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    RunningSandbox.Answer delete(String path) {
        return send(request(path).DELETE());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(LIMIT)
                .header("Authorization", RunningSandbox.basic(secretKey));
    }

    RunningSandbox.Answer send(HttpRequest.Builder request) {
        try {
            return new RunningSandbox.Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
