package dev.wonflow.benchmarks.sandbox;

import dev.wonflow.benchmarks.bed.AtOnce;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/** A shop and its buyers, over HTTP as any client of the sandbox. */
final class Buyers implements AutoCloseable {

    private static final String SECRET_KEY = "test_sk_wonflow_local_sandbox_0001";
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString((SECRET_KEY + ":").getBytes(StandardCharsets.UTF_8));
    private static final int AMOUNT_WON = 33_000;

    /** As many connections as the filling uses at once; more would measure their opening. */
    private static final int AT_ONCE = 16;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = JsonMapper.shared();
    private final AtomicInteger orders;
    private final URI base;

    /** Buyers whose orders are numbered after those there are already. */
    Buyers(URI base, int ordersBefore) {
        this.base = base;
        this.orders = new AtomicInteger(ordersBefore);
    }

    /** A payment a buyer has authenticated. */
    record Ready(String paymentKey, String orderId) {}

    /** Latencies of confirms in milliseconds: from when each was sent, and from when it was to be sent. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and nobody changes the arrays.
    record Latencies(double[] sinceSent, double[] sinceDue) {}

    /** Opens payments and has their buyers authenticate. */
    List<Ready> authenticate(int count) throws InterruptedException {
        var ready = new Ready[count];
        AtOnce.each(AT_ONCE, count, i -> {
            String orderId = "bench-order-" + orders.incrementAndGet();
            String opened = expect(200, post("/v1/payments", """
                    {"method": "카드", "amount": %d, "orderId": "%s", "orderName": "머그컵 외 1건",
                     "successUrl": "http://127.0.0.1/success", "failUrl": "http://127.0.0.1/fail"}
                    """.formatted(AMOUNT_WON, orderId)));
            String paymentKey = json.readTree(opened).path("paymentKey").asString();
            expect(200, post("/control/payments/" + paymentKey + "/authenticate", "{}"));
            ready[i] = new Ready(paymentKey, orderId);
        });
        return List.of(ready);
    }

    /** Confirms payments as fast as it goes. */
    void confirmAll(List<Ready> payments) throws InterruptedException {
        AtOnce.each(AT_ONCE, payments.size(), i -> {
            var _ = confirm(payments.get(i));
        });
    }

    /**
     * Confirms payments at a steady rate. Each has its moment, and a slow one does not delay those after it.
     *
     * @throws IllegalStateException if one is not answered with DONE
     */
    Latencies confirm(List<Ready> payments, int perSecond) throws InterruptedException {
        var sinceSent = new double[payments.size()];
        var sinceDue = new double[payments.size()];
        long start = System.nanoTime() + 50_000_000;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> confirms = new ArrayList<>(payments.size());
            for (int i = 0; i < payments.size(); i++) {
                int number = i;
                long due = start + number * 1_000_000_000L / perSecond;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                confirms.add(threads.submit(() -> {
                    long sent = System.nanoTime();
                    var _ = confirm(payments.get(number));
                    long answered = System.nanoTime();
                    sinceSent[number] = (answered - sent) / 1e6;
                    sinceDue[number] = (answered - due) / 1e6;
                }));
            }
            AtOnce.awaitAll(confirms);
        }
        return new Latencies(sinceSent, sinceDue);
    }

    private String confirm(Ready payment) {
        String answer = expect(
                200, post("/v1/payments/confirm", """
                {"paymentKey": "%s", "orderId": "%s", "amount": %d}
                """.formatted(payment.paymentKey(), payment.orderId(), AMOUNT_WON)));
        if (!answer.contains("\"status\":\"DONE\"")) {
            throw new IllegalStateException("confirm: " + answer + " (expected: status DONE)");
        }
        return answer;
    }

    private HttpRequest post(String path, String body) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", AUTHORIZATION)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private String expect(int status, HttpRequest request) {
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
