package dev.wonflow.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A shop on an origin of its own, whose pages import the official npm packages. */
final class Shop implements AutoCloseable {

    private static final Path SOURCES = Path.of("src/test/browser");
    private static final Path INSTALLED = Path.of("target/browser");

    private final HttpServer server;

    /** The packages, which all shops share. */
    private static final class Installed {

        static final Path PACKAGES = install();

        private static Path install() {
            try {
                Npm.install(SOURCES, INSTALLED, List.of("package.json"), "install", "--no-package-lock");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return INSTALLED.resolve("node_modules/@tosspayments");
        }
    }

    private Shop(HttpServer server) {
        this.server = server;
    }

    static Shop open() throws IOException {
        byte[] page = Files.readAllBytes(SOURCES.resolve("shop.html"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, "text/html", page));
        Map<String, String> scripts = Map.of(
                "tosspayments-sdk", "index.esm.js",
                "payment-sdk", "tosspayments.esm.js",
                "payment-widget-sdk", "index.esm.js");
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            byte[] text = Files.readAllBytes(
                    Installed.PACKAGES.resolve(script.getKey()).resolve("dist").resolve(script.getValue()));
            server.createContext("/" + script.getKey() + ".js", exchange -> answer(exchange, "text/javascript", text));
        }
        server.createContext(
                "/success", exchange -> answer(exchange, "text/plain", "success".getBytes(StandardCharsets.UTF_8)));
        server.createContext(
                "/fail", exchange -> answer(exchange, "text/plain", "fail".getBytes(StandardCharsets.UTF_8)));
        server.createContext("/onwards", exchange -> {
            // Another name of the same machine is another origin, as where a shop's server sends on to its front end.
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/success?"
                                    + exchange.getRequestURI().getRawQuery());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        return new Shop(server);
    }

    /** Where the shop is; by name, so that nothing but the origin says it is not the sandbox. */
    String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type + ";charset=UTF-8");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
