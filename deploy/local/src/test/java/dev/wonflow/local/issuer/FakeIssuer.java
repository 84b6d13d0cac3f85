package dev.wonflow.local.issuer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Answers requests for tokens with what a test wants, and keeps what it was asked. */
public final class FakeIssuer implements AutoCloseable {

    private final HttpServer server;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile int status;
    private volatile String body;

    private FakeIssuer(HttpServer server, int status, String body) {
        this.server = server;
        this.status = status;
        this.body = body;
    }

    /** One that gives tokens of these scopes. */
    public static FakeIssuer giving(String scope) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FakeIssuer issuer = new FakeIssuer(server, 200, "");
        issuer.give("the-token", scope, 600);
        server.createContext("/oauth2/token", issuer::answer);
        server.createContext("/oauth2/authorize", FakeIssuer::refuseSignIn);
        server.start();
        return issuer;
    }

    void give(String token, String scope, int seconds) {
        body = "{\"access_token\":\"%s\",\"scope\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                .formatted(token, scope, seconds);
    }

    void refuse(String error) {
        status = 400;
        body = "{\"error\":\"%s\"}".formatted(error);
    }

    /** Every request so far: who, and for what. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    String root() {
        return "http://127.0.0.1:" + port();
    }

    private static void refuseSignIn(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            "http://127.0.0.1/signed-in?error=invalid_scope&error_description=Wrong%20or%20missing:%20scope");
            exchange.sendResponseHeaders(302, -1);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
