package dev.wonflow.access;

import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What an OpenID provider publishes about itself: where its keys are (OpenID Connect Discovery 1.0), and the keys. */
final class IssuerDocuments implements IssuerKeys.Source {

    /** For both documents to the last byte, however they come: a caller waits for them. */
    static final Duration LIMIT = Duration.ofMillis(2_500);

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

    /** Far more than a handful of keys with certificates. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final int OK = 200;
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final TrustedIssuer issuer;

    /** Follows no redirect: it would lead past the rule of where an issuer may be. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private volatile @Nullable URI keys;

    IssuerDocuments(TrustedIssuer issuer) {
        this.issuer = issuer;
        this.keys = issuer.keys();
    }

    @Override
    public JWKSet fetch() throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        URI known = keys;
        URI from = known == null ? discover(end) : known;
        // Found again where it fails: an issuer may move its keys.
        keys = issuer.keys();
        try {
            JWKSet found = JWKSet.parse(read(from, end));
            if (found.getKeys().stream().noneMatch(IssuerDocuments::signs)) {
                // An issuer without one is broken, and what we hold is better than nothing.
                throw new IOException(from + ": no key that signs (expected: one or more)");
            }
            keys = from;
            return found;
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException(from + ": no set of keys", e);
        }
    }

    private static boolean signs(JWK key) {
        return key instanceof AsymmetricJWK && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()));
    }

    private URI discover(long end) throws IOException {
        String root = issuer.uri().toString();
        URI document = URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + DISCOVERY);
        try {
            Map<String, Object> found = JSONObjectUtils.parse(read(document, end));
            if (!root.equals(found.get("issuer"))) {
                throw new IOException(document + ": of another issuer (expected: " + root + ")");
            }
            return TrustedIssuer.fit("jwks_uri of " + document, String.valueOf(found.get("jwks_uri")));
        } catch (ParseException | IllegalArgumentException | IssuerUnusable e) {
            throw new IOException(document + ": not usable: " + e.getMessage(), e);
        }
    }

    private String read(URI document, long end) throws IOException {
        CompletableFuture<HttpResponse<String>> asked = http.sendAsync(
                HttpRequest.newBuilder(document).build(), BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
        try {
            HttpResponse<String> answer = asked.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer.statusCode() != OK) {
                throw new IOException(document + ": " + answer.statusCode() + " (expected: " + OK + ")");
            }
            return answer.body();
        } catch (TimeoutException e) {
            throw new IOException(document + ": no whole answer (expected: within " + LIMIT + ")", e);
        } catch (ExecutionException e) {
            throw new IOException(document + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(document + ": interrupted", e);
        } finally {
            // Else the rest of an answer that nobody waits for would still be read. Nothing to do for one that is here.
            asked.cancel(true);
        }
    }
}
