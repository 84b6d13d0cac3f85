package dev.wonflow.local.issuer;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.http.Form;
import dev.wonflow.local.http.JsonHttp.NoAnswer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sign-in at the issuer's page, from the request of a page of ours to the code that it is sent; the address it is
 * sent to is only read.
 */
final class SignIn {

    static final String OPENID = "openid";

    private static final String CLIENT = "wonflow-pages";
    private static final String REDIRECT = "http://127.0.0.1/signed-in";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final int VERIFIER_BYTES = 32;

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final Pattern DESCRIPTION = Pattern.compile("[?&]error_description=([^&]+)");

    private final String root;
    private final RandomGenerator secrets;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_LIMIT)
            .cookieHandler(new CookieManager())
            .build();

    SignIn(String root, RandomGenerator secrets) {
        this.root = root;
        this.secrets = secrets;
    }

    /**
     * Signs someone in.
     *
     * @return the form that gets the page its token
     * @throws NoAnswer if there is no issuer
     */
    Map<String, String> exchange(String name, List<String> permissions) throws InterruptedException {
        String verifier = verifier();
        List<String> scope = new ArrayList<>(List.of(OPENID));
        scope.addAll(permissions);
        requireNoError(
                name,
                location(get("/oauth2/authorize?"
                        + Form.encoded(Map.of(
                                "response_type",
                                "code",
                                "client_id",
                                CLIENT,
                                "redirect_uri",
                                REDIRECT,
                                "scope",
                                String.join(" ", scope),
                                "code_challenge",
                                challenge(verifier),
                                "code_challenge_method",
                                "S256")))));
        String csrf = found(CSRF, get("/sign-in").body(), name);
        HttpResponse<String> signedIn =
                post("/sign-in", Form.encoded(Map.of("username", name, "password", name, "_csrf", csrf)));
        String sentTo = location(get(location(signedIn).replace(root, "")));
        requireNoError(name, sentTo);
        return Map.of(
                "grant_type", "authorization_code",
                "client_id", CLIENT,
                "redirect_uri", REDIRECT,
                "code", Form.decoded(found(CODE, sentTo, name)),
                "code_verifier", verifier);
    }

    private static void requireNoError(String name, String sentTo) {
        Matcher refused = DESCRIPTION.matcher(sentTo);
        if (refused.find()) {
            throw new Trouble("The issuer refuses to sign " + name + " in: " + Form.decoded(refused.group(1)) + ".");
        }
    }

    private static String found(Pattern pattern, String text, String name) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new Trouble("The issuer did not sign " + name + " in.\nWhat it says: ./wonflow logs issuer");
        }
        return matcher.group(1);
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("");
    }

    private HttpResponse<String> get(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(root + path)));
    }

    private HttpResponse<String> post(String path, String form) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(root + path))
                .header("Content-Type", Form.TYPE)
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(
                    request.header("Accept", "text/html").timeout(ANSWER_LIMIT).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new NoAnswer("issuer does not answer at " + root + " (" + e.getMessage() + ").", e);
        }
    }

    private String verifier() {
        byte[] secret = new byte[VERIFIER_BYTES];
        secrets.nextBytes(secret);
        return text(secret);
    }

    private static String challenge(String verifier) {
        try {
            return text(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java platform has it", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
