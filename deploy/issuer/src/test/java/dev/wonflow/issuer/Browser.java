package dev.wonflow.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Someone at a browser, with its cookies; follows no redirect unless told. */
final class Browser {

    /** Of a test. RFC 7636 wants 43 characters or more. */
    static final String VERIFIER = "a-verifier-of-a-test-that-nobody-else-could-know";

    static final String REDIRECT = "http://127.0.0.1:18085/signed-in";

    private static final int MOST_HOPS = 20;
    private static final int FOUND = 302;

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final List<String> passed = new ArrayList<>();
    private final String root;

    Browser(String root) {
        this.root = root;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : root + path)));
    }

    /** Goes on to where each answer sends it, until one is a page. */
    HttpResponse<String> follow(String address) {
        passed.clear();
        String next = address;
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            passed.add(next);
            HttpResponse<String> answer = get(next);
            if (answer.statusCode() != FOUND) {
                return answer;
            }
            next = URI.create(next).resolve(location(answer)).toString();
        }
        throw new AssertionError("sent on and on: " + passed);
    }

    /** What the last walk led through. */
    List<String> passed() {
        return List.copyOf(passed);
    }

    HttpResponse<String> post(String path, Map<String, String> form) {
        return send(HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : root + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(RunningIssuer.encoded(form))));
    }

    /** What a page of ours asks for when someone has to sign in. */
    static Map<String, String> request(String scope) {
        return Map.of(
                "response_type",
                "code",
                "client_id",
                "wonflow-pages",
                "redirect_uri",
                REDIRECT,
                "scope",
                scope,
                "state",
                "where the page was",
                "code_challenge",
                challenge(),
                "code_challenge_method",
                "S256");
    }

    /** The same without a parameter, or with another value. */
    static Map<String, String> request(String scope, String parameter, String value) {
        Map<String, String> changed = new TreeMap<>(request(scope));
        if (value.isEmpty()) {
            changed.remove(parameter);
        } else {
            changed.put(parameter, value);
        }
        return changed;
    }

    HttpResponse<String> authorize(Map<String, String> request) {
        return get("/oauth2/authorize?" + RunningIssuer.encoded(request));
    }

    HttpResponse<String> signIn(String name, String password) {
        Matcher csrf = CSRF.matcher(get("/sign-in").body());
        if (!csrf.find()) {
            throw new AssertionError("the form has no token against forgery");
        }
        return post("/sign-in", Map.of("username", name, "password", password, "_csrf", csrf.group(1)));
    }

    /** Signs in on the way to a page, and answers the code the page is sent. */
    String code(String name, String scope) {
        authorize(request(scope));
        String next = location(signIn(name, name));
        Matcher code = CODE.matcher(location(get(next)));
        if (!code.find()) {
            throw new AssertionError("no code");
        }
        return code.group(1);
    }

    static Map<String, String> exchange(String code, String verifier) {
        return Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "wonflow-pages",
                "redirect_uri",
                REDIRECT,
                "code",
                code,
                "code_verifier",
                verifier);
    }

    static String location(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(response.statusCode() + " without a redirect"));
    }

    private static String challenge() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.header("Accept", "text/html").build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
