package dev.wonflow.testsupport.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * An OpenID provider on this machine: it publishes its keys over HTTP and signs whatever token a test wants, good ones
 * and bad ones.
 */
public final class TokenIssuer implements AutoCloseable {

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String KEYS = "/keys";
    private static final int KEY_BITS = 2_048;

    private static final Supplier<TokenIssuer> SHARED = SingletonSupplier.of(TokenIssuer::start);

    private final HttpServer server;
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    private final List<RSAKey> published = new ArrayList<>();
    private @Nullable RSAKey current;
    private volatile boolean away;

    private TokenIssuer(HttpServer server) {
        this.server = server;
    }

    /** The one of this JVM; tests that change it start their own. */
    public static TokenIssuer shared() {
        return SHARED.get();
    }

    /** Starts another one. */
    public static TokenIssuer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TokenIssuer issuer = new TokenIssuer(server);
            server.createContext("/", issuer::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its name: what tokens carry as {@code iss}. */
    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token to be described; as it is, a good one that is allowed nothing. */
    public TestToken token() {
        return new TestToken(this);
    }

    /** A good token of a tenant. */
    public String token(String tenant, String... permissions) {
        return token().tenant(tenant).permissions(permissions).signed();
    }

    /** How often someone asked for the keys. */
    public int questions() {
        return questions.get();
    }

    /** Answers nothing but errors from now on. */
    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    /** Signs with another key from now on; the older ones stay published. */
    public synchronized void rotate() {
        RSAKey next = newKey();
        published.add(next);
        current = next;
    }

    /** Takes back all keys but the one in use. */
    public synchronized void forgetOlderKeys() {
        published.retainAll(List.of(key()));
    }

    /** The key in use; made when it is needed, for that takes a while. */
    synchronized RSAKey key() {
        if (current == null) {
            rotate();
        }
        return Objects.requireNonNull(current);
    }

    private RSAKey newKey() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyID("key-" + number.incrementAndGet())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("key: not made", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(KEYS)) {
                questions.incrementAndGet();
            }
            byte[] body = document(path).getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(away ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized String document(String path) {
        RSAKey _ = key();
        return switch (path) {
            case DISCOVERY -> "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(uri(), uri() + KEYS);
            case KEYS -> new JWKSet(List.copyOf(published)).toString(true);
            default -> "{}";
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
