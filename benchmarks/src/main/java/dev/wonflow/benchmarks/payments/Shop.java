package dev.wonflow.benchmarks.payments;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wonflow.benchmarks.bed.AtOnce;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.json.JsonMapper;

/** A tenant's shop with its buyers, over Kafka and HTTP as any shop. */
final class Shop implements AutoCloseable {

    static final int AMOUNT_WON = 33_000;

    private static final String TOPIC = "checkout.requests";
    private static final List<String> EVENTS = List.of("order.events", "payment.events");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A token lives for some minutes; a block of a run is shorter than this. */
    private static final long TOKEN_NANOS = 120_000_000_000L;

    /** Before a confirm that was turned away is tried again. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final AtomicInteger turnedAway = new AtomicInteger();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = JsonMapper.shared();
    private final Services services;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private String token = "";
    private long tokenAsked;

    Shop(Services services, String bootstrapServers) {
        this.services = services;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A payment that a buyer has authenticated. */
    record Ready(String orderId, String paymentKey) {}

    /** Publishes checkouts, and waits until Kafka has them. */
    void publish(String name, int count) throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sent.add(producer.send(new ProducerRecord<>(TOPIC, checkout(name + "-" + i))));
        }
        AtOnce.awaitAll(sent);
    }

    private static byte[] checkout(String request) {
        return """
            {"id":"%s","tenantId":"acme","currency":"KRW","items":[
              {"sku":"mug-01","name":"머그컵","unitPrice":12000,"quantity":2},
              {"sku":"tea-07","name":"녹차","unitPrice":9000,"quantity":1}]}
            """.formatted(request).getBytes(UTF_8);
    }

    /** Has the buyers of orders authenticate in Toss's window. */
    List<Ready> authenticate(List<String> orders) throws InterruptedException {
        Ready[] ready = new Ready[orders.size()];
        AtOnce.each(8, orders.size(), i -> ready[i] = authenticate(orders.get(i)));
        return List.of(ready);
    }

    private Ready authenticate(String orderId) {
        String opened = expect(200, toss("/v1/payments", """
                {"method": "카드", "amount": %d, "orderId": "%s", "orderName": "머그컵 외 1건",
                 "successUrl": "http://127.0.0.1/success", "failUrl": "http://127.0.0.1/fail"}
                """.formatted(AMOUNT_WON, orderId)));
        String paymentKey = json.readTree(opened).path("paymentKey").asString();
        expect(200, toss("/control/payments/" + paymentKey + "/authenticate", "{}"));
        return new Ready(orderId, paymentKey);
    }

    /** Has Toss take its time for so many confirms. */
    void slowDown(int confirms) {
        expect(201, toss("/control/faults", """
                {"kind": "SLOW_BEFORE_EFFECT", "operation": "CONFIRM", "delay": "PT%sS", "times": %d}
                """.formatted(PaymentsPlan.SLOW_MILLIS / 1000.0, confirms)));
    }

    /**
     * Confirms all, with so many clients at once of which each waits for its answer; answers the milliseconds of each.
     */
    double[] confirm(List<Ready> payments, int clients) throws InterruptedException {
        String bearer = bearer();
        double[] millis = new double[payments.size()];
        AtOnce.each(clients, payments.size(), i -> {
            long sent = System.nanoTime();
            confirm(payments.get(i), bearer);
            millis[i] = (System.nanoTime() - sent) / 1e6;
        });
        return millis;
    }

    /**
     * Once more after each 503, as a client does that was told to come again since nothing has happened, and after each
     * 202, which says that the outcome is not known yet.
     */
    private void confirm(Ready payment, String bearer) {
        HttpRequest request =
                post(services.base("payment-service").resolve("/api/payments/toss/confirm"), bearer, """
                {"paymentKey": "%s", "orderId": "%s", "amount": %d}
                """.formatted(
                                payment.paymentKey(), payment.orderId(), AMOUNT_WON));
        HttpResponse<String> answer = send(request);
        for (; answer.statusCode() == 503 || answer.statusCode() == 202; answer = send(request)) {
            turnedAway.incrementAndGet();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        if (answer.statusCode() != 200 || !answer.body().contains("\"status\":\"paid\"")) {
            throw new IllegalStateException(
                    "confirm: " + answer.statusCode() + " " + answer.body() + " (expected: 200, status paid)");
        }
    }

    /** How many confirms were answered with 503 or 202 so far. */
    int turnedAway() {
        return turnedAway.get();
    }

    /**
     * Takes checkouts one after another all the way.
     *
     * @return milliseconds from the request to the payment that waits for its buyer, and from the confirm to the
     *     confirmed order
     */
    double[] oneByOne(String name, int count) throws InterruptedException {
        List<TopicPartition> partitions = EVENTS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            String request = "\"" + name + "-" + i + "\"";
            long asked = System.nanoTime();
            var _ = producer.send(new ProducerRecord<>(TOPIC, checkout(name + "-" + i)));
            String[] order = new String[1];
            var requested = new HashSet<String>();
            await("payment.requested.v1", event -> {
                String key = new String(event.key(), UTF_8);
                if (new String(event.value(), UTF_8).contains(request)) {
                    order[0] = key;
                }
                // Of two topics, so a poll may hold it before the order that tells which one it is.
                if (is("payment.requested.v1", event)) {
                    requested.add(key);
                }
                return order[0] != null && requested.contains(order[0]);
            });
            long waiting = System.nanoTime();
            Ready ready = authenticate(order[0]);
            String bearer = bearer();
            long confirming = System.nanoTime();
            confirm(ready, bearer);
            await(
                    "order.confirmed.v1",
                    event -> is("order.confirmed.v1", event) && order[0].equals(new String(event.key(), UTF_8)));
            millis[i] = (waiting - asked + System.nanoTime() - confirming) / 1e6;
        }
        return millis;
    }

    private static boolean is(String type, ConsumerRecord<byte[], byte[]> event) {
        return type.equals(new String(event.headers().lastHeader("ce_type").value(), UTF_8));
    }

    private void await(String what, Predicate<ConsumerRecord<byte[], byte[]>> fits) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < LIMIT.toNanos()) {
            boolean found = false;
            // All of a poll, or what follows the event in it would be missed later.
            for (ConsumerRecord<byte[], byte[]> event : consumer.poll(Duration.ofMillis(100))) {
                found |= fits.test(event);
            }
            if (found) {
                return;
            }
        }
        throw new IllegalStateException(what + ": has not come (expected: within " + LIMIT + ")");
    }

    private synchronized String bearer() {
        if (token.isEmpty() || System.nanoTime() - tokenAsked > TOKEN_NANOS) {
            HttpRequest request = HttpRequest.newBuilder(services.base("issuer").resolve("/oauth2/token"))
                    .header("Authorization", basic("acme-shop:acme-shop"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=checkout:write"))
                    .build();
            tokenAsked = System.nanoTime();
            token = "Bearer "
                    + json.readTree(expect(200, request)).path("access_token").asString();
        }
        return token;
    }

    private HttpRequest toss(String path, String body) {
        return post(services.base("toss-sandbox").resolve(path), basic(Services.SECRET_KEY + ":"), body);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private static HttpRequest post(URI uri, String authorization, String body) {
        return HttpRequest.newBuilder(uri)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private String expect(int status, HttpRequest request) {
        HttpResponse<String> response = send(request);
        if (response.statusCode() != status) {
            throw new IllegalStateException(request.uri() + ": " + response.statusCode() + " " + response.body()
                    + " (expected: " + status + ")");
        }
        return response.body();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(request.uri() + ": no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        http.close();
    }
}
