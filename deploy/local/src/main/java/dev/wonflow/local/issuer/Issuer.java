package dev.wonflow.local.issuer;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.http.JsonHttp;
import dev.wonflow.local.http.JsonHttp.Answer;
import dev.wonflow.local.http.JsonHttp.NoAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** The issuer of a running stack. The password of everybody there is their name. */
public final class Issuer {

    /** The shops it knows. */
    public static final List<String> TENANTS = List.of("acme", "globex");

    /** All that a shop's back end may do. */
    public static final List<String> OF_SHOPS =
            List.of("tenant:billing", "tenant:billing:read", "checkout:write", "order:fulfil");

    /** All that those may do who look after Wonflow. */
    public static final List<String> OF_OPERATORS = List.of(
            "operator:actuator",
            "operator:reconciliation",
            "operator:ledger",
            "operator:import",
            "operator:catalogue",
            "operator:renewals");

    private final JsonHttp http;

    /** Names the issuer at a root URL; nothing is asked yet. */
    public Issuer(String root) {
        this.http = new JsonHttp("issuer", root, Map.of());
    }

    /**
     * An access token.
     *
     * @param life how long it is good for from now on
     * @param permissions what it permits
     */
    public record Token(String value, Duration life, List<String> permissions) {}

    /**
     * Gets the back end of a tenant's shop a token.
     *
     * @throws Trouble if there is no issuer, or a shop may not have one of the permissions
     */
    public Token shop(String tenant, List<String> permissions) throws InterruptedException {
        String name = tenant + "-shop";
        String credentials = Base64.getEncoder().encodeToString((name + ":" + name).getBytes(StandardCharsets.UTF_8));
        try {
            Answer answer = http.with("Authorization", "Basic " + credentials)
                    .postForm(
                            "/oauth2/token",
                            Map.of("grant_type", "client_credentials", "scope", String.join(" ", permissions)));
            if (answer.body().path("error").asString("").equals("invalid_scope")) {
                throw new Trouble(name + " may have only these permissions: " + String.join(", ", OF_SHOPS));
            }
            return token(name, permissions, answer);
        } catch (NoAnswer e) {
            throw notThere(e);
        }
    }

    /**
     * Signs someone in, as they would do it at a browser.
     *
     * @param secrets where the secret comes from that ties the token to this sign-in
     * @throws Trouble if there is no issuer, or they may not have one of the permissions
     */
    public Token person(String name, List<String> permissions, RandomGenerator secrets) throws InterruptedException {
        try {
            SignIn signIn = new SignIn(http.root(), secrets);
            Answer answer = http.postForm("/oauth2/token", signIn.exchange(name, permissions));
            return token(name, permissions, answer);
        } catch (NoAnswer e) {
            throw notThere(e);
        }
    }

    private static Token token(String name, List<String> permissions, Answer answer) {
        List<String> granted = Arrays.stream(
                        answer.ok().path("scope").asString("").split(" "))
                .filter(scope -> !scope.isEmpty() && !scope.equals(SignIn.OPENID))
                .toList();
        TreeSet<String> missing = new TreeSet<>(permissions);
        granted.forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw new Trouble(name + " may not have " + String.join(", ", missing) + " (of what was asked for, only: "
                    + (granted.isEmpty() ? "nothing" : String.join(", ", granted)) + ").");
        }
        return new Token(
                answer.body().path("access_token").asString(),
                Duration.ofSeconds(answer.body().path("expires_in").asLong()),
                granted);
    }

    private Trouble notThere(NoAnswer e) {
        return new Trouble(
                "There is no issuer at " + http.root()
                        + ".\nIt is a part of the stack, which ./wonflow up starts and ./wonflow status shows.",
                e);
    }
}
