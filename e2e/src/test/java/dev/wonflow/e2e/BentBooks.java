package dev.wonflow.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Stands between a service and the sandbox and passes everything on; rows of Toss's books can be bent on their way. */
final class BentBooks implements AutoCloseable {

    static final String TRANSACTIONS = "/v1/transactions";
    static final String SETTLEMENTS = "/v1/settlements";

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> PASSED_ON =
            List.of("Authorization", "Content-Type", "Idempotency-Key", "Accept-Language");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Bend> bends = new CopyOnWriteArrayList<>();
    private final AtomicInteger readings = new AtomicInteger();
    private final HttpServer server;
    private volatile String sandbox = "";

    BentBooks() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::passOn);
        server.start();
    }

    private record Bend(String book, String order, Function<ObjectNode, Stream<ObjectNode>> change) {}

    /** Where what stands before the sandbox is found. */
    String before(String sandboxUrl) {
        sandbox = sandboxUrl;
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * From now on rows about an order are read otherwise.
     *
     * @param book {@link #TRANSACTIONS} or {@link #SETTLEMENTS}
     * @param change what is read in the place of a row
     */
    void bend(String book, String order, Function<ObjectNode, Stream<ObjectNode>> change) {
        bends.add(new Bend(book, order, change));
    }

    /** Shows the books as they are. */
    void straighten() {
        bends.clear();
    }

    /** How often the transactions were read, which every cycle does once. */
    int readings() {
        return readings.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        http.close();
    }

    private void passOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            HttpResponse<byte[]> answer = http.send(request(exchange), HttpResponse.BodyHandlers.ofByteArray());
            byte[] body = answer.statusCode() == 200 ? bent(path, answer.body()) : answer.body();
            if (path.equals(TRANSACTIONS)) {
                readings.incrementAndGet();
            }
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().add("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : PASSED_ON) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return request.build();
    }

    private byte[] bent(String path, byte[] body) {
        List<Bend> here = bends.stream().filter(bend -> bend.book.equals(path)).toList();
        if (here.isEmpty()) {
            return body;
        }
        ArrayNode rows = JSON.createArrayNode();
        JSON.readTree(body).valueStream().flatMap(row -> bent(here, row)).forEach(rows::add);
        return JSON.writeValueAsBytes(rows);
    }

    private static Stream<? extends JsonNode> bent(List<Bend> bends, JsonNode row) {
        return bends.stream()
                .filter(bend -> bend.order.equals(row.path("orderId").asString()))
                .findFirst()
                .<Stream<? extends JsonNode>>map(bend -> bend.change.apply((ObjectNode) row))
                .orElseGet(() -> Stream.of(row));
    }
}
