package dev.wonflow.local.buyer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wonflow.local.buyer.TossWindow.Redirect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Stands in for the shop's pages while one buyer is at the payment window, on a port nobody else has. */
public final class RedirectListener implements AutoCloseable {

    private static final String PAGE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Wonflow</title>
            <p>Thank you. The terminal in which <code>./wonflow pay</code> runs shows what comes of it.</p></html>
            """;

    private final HttpServer server;
    private final BlockingQueue<Redirect> redirects = new LinkedBlockingQueue<>();

    private RedirectListener(HttpServer server) {
        this.server = server;
    }

    /** Starts to listen. */
    public static RedirectListener start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RedirectListener listener = new RedirectListener(server);
        server.createContext("/", listener::receive);
        server.start();
        return listener;
    }

    /** Where the buyer is to be sent back to. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Waits for the buyer to come back. */
    public Optional<Redirect> await(Duration limit) throws InterruptedException {
        return Optional.ofNullable(redirects.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Redirect redirect = Redirect.of(exchange.getRequestURI());
            boolean known =
                    redirect.path().equals("/success") || redirect.path().equals("/fail");
            byte[] page = known ? PAGE.getBytes(StandardCharsets.UTF_8) : new byte[0];
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(known ? 200 : 404, page.length == 0 ? -1 : page.length);
            exchange.getResponseBody().write(page);
            if (known) {
                redirects.add(redirect);
            }
        }
    }

    @Override
    public void close() {
        server.stop(1);
    }
}
