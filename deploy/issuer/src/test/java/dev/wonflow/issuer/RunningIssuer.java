package dev.wonflow.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The issuer as it is started in the stack, with a port and a key of its own. */
final class RunningIssuer implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final String root;

    private RunningIssuer(ConfigurableApplicationContext context, String root) {
        this.context = context;
        this.root = root;
    }

    static RunningIssuer start(Path key, String... settings) {
        int port = freePort();
        String[] arguments = Stream.concat(
                        Stream.of("--server.port=" + port, "--wonflow.issuer.key-file=" + key), Stream.of(settings))
                .toArray(String[]::new);
        return new RunningIssuer(SpringApplication.run(IssuerApplication.class, arguments), "http://127.0.0.1:" + port);
    }

    /** Its address, and the {@code iss} of its tokens. */
    String root() {
        return root;
    }

    Browser browser() {
        return new Browser(root);
    }

    /** An answer in JSON. */
    record Answer(int status, Map<String, Object> body) {

        String text(String field) {
            return body.get(field) instanceof String text ? text : "";
        }
    }

    Answer get(String path) {
        return at(root + path);
    }

    /** The same from another port. */
    Answer at(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)));
    }

    Answer getAs(String token, String path) {
        return send(HttpRequest.newBuilder(URI.create(root + path)).header("Authorization", "Bearer " + token));
    }

    /** A shop asks for a token; an empty scope is none at all. */
    Answer shopToken(String client, String secret, String scope) {
        Map<String, String> form = scope.isEmpty()
                ? Map.of("grant_type", "client_credentials")
                : Map.of("grant_type", "client_credentials", "scope", scope);
        String credentials =
                Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(form(form).header("Authorization", "Basic " + credentials));
    }

    Answer token(Map<String, String> form) {
        return send(form(form));
    }

    private HttpRequest.Builder form(Map<String, String> form) {
        return HttpRequest.newBuilder(URI.create(root + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    }

    /** What a token says, after its signature was checked with the published keys as every service does. */
    JWTClaimsSet claims(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWKSet keys = JWKSet.parse(get("/oauth2/jwks").body());
            var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();
            if (!jwt.verify(new RSASSAVerifier(key))) {
                throw new AssertionError("signature of " + jwt.getHeader() + " is wrong");
            }
            return jwt.getJWTClaimsSet();
        } catch (ParseException | JOSEException e) {
            throw new AssertionError("not a token: " + token, e);
        }
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(
                    request.header("Accept", "application/json").build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(), JSONObjectUtils.parse(answer.body().isBlank() ? "{}" : answer.body()));
        } catch (ParseException e) {
            throw new AssertionError("not JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
