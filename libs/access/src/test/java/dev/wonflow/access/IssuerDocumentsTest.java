package dev.wonflow.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An issuer that answers badly, slowly or elsewhere. */
class IssuerDocumentsTest {

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String KEYS = "/keys";
    private static final int PAUSE_MILLIS = 100;
    private static final int TOO_MANY_BYTES = 300 * 1024;

    private final AtomicInteger elsewhere = new AtomicInteger();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void keys_are_found_where_the_issuer_says() throws IOException {
        serve(DISCOVERY, answer(discovery(KEYS)));
        serve(KEYS, answer(keys("one")));

        assertThat(documents(null).fetch().getKeyByKeyId("one")).isNotNull();
    }

    @Test
    void keys_that_moved_are_found_again_after_one_failure() throws IOException {
        serve(DISCOVERY, answer(discovery(KEYS)));
        serve(KEYS, answer(keys("one")));
        IssuerDocuments documents = documents(null);
        documents.fetch();
        server.removeContext(DISCOVERY);
        server.removeContext(KEYS);
        serve(DISCOVERY, answer(discovery("/new")));
        serve("/new", answer(keys("two")));

        assertThatThrownBy(documents::fetch).isInstanceOf(IOException.class);
        assertThat(documents.fetch().getKeyByKeyId("two")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"keys\":[]}", "{}", "[]", "", "<html>", "{\"keys\":[{\"kty\":\"RSA\"}]}"})
    void answer_without_a_key_is_no_answer(String body) {
        serve(KEYS, answer(body));

        assertThatThrownBy(documents(KEYS)::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(KEYS + ": no");
    }

    @Test
    void keys_that_sign_nothing_for_us_are_none() throws JOSEException {
        String secret = new OctetSequenceKeyGenerator(256).generate().toJSONString();
        String locks = new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.ENCRYPTION)
                .generate()
                .toPublicJWK()
                .toJSONString();
        serve(KEYS, answer("{\"keys\":[" + secret + "," + locks + "]}"));

        assertThatThrownBy(documents(KEYS)::fetch).hasMessageContaining("no key that signs (expected: one or more)");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirect_is_not_followed(int status) {
        serve("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            answer(keys("one")).handle(exchange);
        });
        serve(KEYS, exchange -> {
            exchange.getResponseHeaders().set("location", root() + "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        });

        assertThatThrownBy(documents(KEYS)::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(status));
        assertThat(elsewhere).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 404, 500, 503})
    void error_is_no_answer_even_with_keys_in_it(int status) {
        serve(KEYS, exchange -> {
            byte[] body = keys("one").getBytes(UTF_8);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
            if (status != 204) {
                exchange.getResponseBody().write(body);
            }
        });

        assertThatThrownBy(documents(KEYS)::fetch).isInstanceOf(IOException.class);
    }

    @Test
    void answer_that_never_ends_is_given_up_by_its_size() {
        serve(KEYS, answer(" ".repeat(TOO_MANY_BYTES) + keys("one")));

        assertThatThrownBy(documents(KEYS)::fetch).isInstanceOf(IOException.class);
    }

    /** Each byte comes in time; only all of them together do not. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void answer_in_drips_is_given_up_and_the_line_with_it() throws InterruptedException {
        serve(KEYS, this::drip);

        assertThatThrownBy(documents(KEYS)::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no whole answer");
        assertThat(hungUp.await(20, TimeUnit.SECONDS)).as("the line is closed").isTrue();
    }

    /** The limit is for both documents together. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void slow_discovery_leaves_the_keys_no_time_of_their_own() {
        CountDownLatch askedForKeys = new CountDownLatch(1);
        serve(DISCOVERY, exchange -> {
            pause(1_300);
            answer(discovery(KEYS)).handle(exchange);
        });
        serve(KEYS, exchange -> {
            askedForKeys.countDown();
            pause(1_300);
            answer(keys("one")).handle(exchange);
        });

        assertThatThrownBy(documents(null)::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no whole answer");
        assertThat(askedForKeys.getCount())
                .as("the first document came in time")
                .isZero();
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            while (over.getCount() > 0) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                pause(PAUSE_MILLIS);
            }
        } catch (IOException e) {
            hungUp.countDown();
            throw e;
        }
    }

    private void pause(long millis) {
        try {
            boolean _ = over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private IssuerDocuments documents(@Nullable String keys) {
        return new IssuerDocuments(
                new TrustedIssuer(URI.create(root()), keys == null ? null : URI.create(root() + keys)));
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static HttpHandler answer(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private String discovery(String keys) {
        return "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(root(), root() + keys);
    }

    private static String keys(String id) {
        try {
            return new JWKSet(
                            new ECKeyGenerator(Curve.P_256).keyID(id).generate().toPublicJWK())
                    .toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String root() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
