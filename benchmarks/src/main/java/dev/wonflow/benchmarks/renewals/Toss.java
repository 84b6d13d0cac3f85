package dev.wonflow.benchmarks.renewals;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox as it is told how to behave, a tenant that registers its card, and what is in the sandbox's books. */
final class Toss implements AutoCloseable {

    private static final int PAGE = 5_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = JsonMapper.shared();
    private final BillingStack stack;

    Toss(BillingStack stack) {
        this.stack = stack;
    }

    /** Has charges take their time, some of them much more, some declined, and some answers lost. */
    void misbehave() {
        String at = ", \"operation\": \"billing-charge\", \"times\": " + Integer.MAX_VALUE;
        fault("{\"kind\": \"SLOW_BEFORE_EFFECT\", \"delay\": \"PT%sS\"%s}"
                .formatted(RenewalsPlan.LATENCY_MILLIS / 1_000.0, at));
        fault(chance("SLOW_AFTER_EFFECT", RenewalsPlan.TAIL_SHARE, 1, at) + ", \"delay\": \"PT"
                + RenewalsPlan.TAIL_MILLIS / 1_000 + "S\"}");
        fault(chance("DECLINE", RenewalsPlan.DECLINED_SHARE, 2, at) + ", \"code\": \"REJECT_CARD_PAYMENT\"}");
        fault(chance("ANSWER_LOST_AFTER_EFFECT", RenewalsPlan.LOST_SHARE, 3, at) + "}");
    }

    private static String chance(String kind, double share, int seed, String at) {
        return String.format(
                Locale.ROOT, "{\"kind\": \"%s\", \"probability\": %s, \"seed\": %d%s", kind, share, seed, at);
    }

    private void fault(String body) {
        expect(201, toss("/control/faults").POST(BodyPublishers.ofString(body)));
    }

    /** Registers a card of a tenant, as its owner does in the billing window. */
    String register(String tenant) {
        String bearer = bearer(tenant);
        String window =
                expect(200, payments("/api/billing-methods/toss/window", bearer).POST(BodyPublishers.noBody()));
        String customerKey = json.readTree(window).path("customerKey").asString();
        String agreed = expect(
                200,
                toss("/control/billing/authorizations")
                        .POST(BodyPublishers.ofString("{\"customerKey\": \"" + customerKey + "\"}")));
        String authKey = json.readTree(agreed).path("authKey").asString();
        String registered = expect(
                201,
                payments("/api/billing-methods", bearer)
                        .POST(BodyPublishers.ofString(
                                "{\"authKey\": \"" + authKey + "\", \"customerKey\": \"" + customerKey + "\"}")));
        return json.readTree(registered).path("billingMethodId").asString();
    }

    private String bearer(String tenant) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        stack.base("issuer").resolve("/oauth2/token"))
                .header("Authorization", basic(tenant + "-shop:" + tenant + "-shop"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=tenant:billing"));
        return "Bearer "
                + json.readTree(expect(200, request)).path("access_token").asString();
    }

    /** How often each order was charged, by the books of Toss. */
    Map<String, Integer> captures() {
        Map<String, Integer> captures = new HashMap<>();
        String after = "";
        while (true) {
            JsonNode page = json.readTree(expect(
                    200,
                    toss("/v1/transactions?startDate=2020-01-01T00:00:00&endDate=2035-01-01T00:00:00&limit=" + PAGE
                                    + after)
                            .GET()));
            for (JsonNode transaction : page) {
                if (transaction.path("status").asString().equals("DONE")) {
                    captures.merge(transaction.path("orderId").asString(), 1, Integer::sum);
                }
                after = "&startingAfter=" + transaction.path("transactionKey").asString();
            }
            if (page.size() < PAGE) {
                return captures;
            }
        }
    }

    private HttpRequest.Builder toss(String path) {
        return request(stack.base("toss-sandbox").resolve(path), basic(BillingStack.SECRET_KEY + ":"));
    }

    private HttpRequest.Builder payments(String path, String bearer) {
        return request(stack.base("payment-service").resolve(path), bearer);
    }

    private static HttpRequest.Builder request(URI uri, String authorization) {
        return HttpRequest.newBuilder(uri)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json");
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private String expect(int status, HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != status) {
                throw new IllegalStateException(request.uri() + ": " + response.statusCode() + " " + response.body()
                        + " (expected: " + status + ")");
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(request.uri() + ": no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
