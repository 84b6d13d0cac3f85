package dev.wonflow.testsupport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An attack on every route of a running service, over HTTP. The routes are asked of the service, and each has to be in
 * the test's own list of who may call it: a route nobody thought of fails the test.
 *
 * <p>Subclasses are {@code @SpringBootTest}s on a random port that trust {@link TokenIssuer#shared()}.
 */
public abstract class AttackOnEveryRoute {

    /** In the list of {@link #routes()}: anyone may call it. */
    protected static final Set<String> ANYBODY = Set.of();

    private static final String TENANT = "acme";
    private static final String ID = "ord_019b8c18e38073c4af0b6d4c8e91a001";
    private static final String OPERATOR = "operator:actuator";
    private static final Set<String> MEMBERS = Set.of("type", "title", "status", "detail", "instance", "code");

    /** What would tell an attacker what we are made of. */
    private static final List<String> INSIDES = List.of(
            "exception", "dev.wonflow", "springframework", "nimbus", "java.", "tomcat", "<html", "\tat ", "jwt", "kid");

    /** Labels of a body; the first is none. */
    private static final List<String> TYPES = List.of(
            "",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/plain",
            "application/xml",
            "application/json; charset=utf-16",
            "nonsense");

    /** More than any service takes. */
    private static final int TOO_LARGE = 300_000;

    private static final TokenIssuer ISSUER = TokenIssuer.shared();

    @Autowired
    private ApplicationContext service;

    private RawHttp open;
    private RawHttp managed;

    @BeforeEach
    final void find_the_ports() {
        open = new RawHttp(port("local.server.port"));
        managed = new RawHttp(port("local.management.port"));
    }

    /**
     * Every route and the permissions of which one is enough.
     *
     * @return by method and pattern, such as {@code POST /api/orders/{id}/ship}
     */
    protected abstract Map<String, Set<String>> routes();

    /** Sends a request to the public port. */
    protected final RawHttp.Answer send(String method, String target, String token, String body) {
        return open.send(method, target, body, "Authorization: Bearer " + token);
    }

    /** Checks that two answers differ in the ids that were asked for, and in nothing else. */
    protected static void assertSame(RawHttp.Answer one, String oneId, RawHttp.Answer other, String otherId) {
        assertThat(one.status()).isEqualTo(other.status());
        assertThat(one.body().replace(oneId, "?")).isEqualTo(other.body().replace(otherId, "?"));
        assertThat(one.headerNames()).isEqualTo(other.headerNames());
    }

    @Test
    final void every_route_of_the_service_is_on_the_list() {
        Set<String> found = service.getBeansOfType(RequestMappingHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(AttackOnEveryRoute::names)
                .filter(name -> !name.equals("ANY /error"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).isEqualTo(new TreeSet<>(routes().keySet()));
        assertThat(service.getBeansOfType(HandlerMapping.class).values())
                .as("files, which nobody decides about")
                .allSatisfy(mapping -> {
                    if (mapping instanceof AbstractUrlHandlerMapping files) {
                        assertThat(files.getHandlerMap()).isEmpty();
                    }
                });
    }

    private static Stream<String> names(RequestMappingInfo route) {
        List<String> methods = route.getMethodsCondition().getMethods().stream()
                .map(Enum::name)
                .toList();
        return route.getPatternValues().stream()
                .flatMap(pattern ->
                        (methods.isEmpty() ? List.of("ANY") : methods).stream().map(method -> method + " " + pattern));
    }

    @Test
    final void no_token_and_no_good_token_is_a_401_everywhere() {
        Map<String, String> bad = badTokens();
        assertThat(bad).hasSizeGreaterThan(20);
        for (String route : withToken()) {
            refused(route, ask(route), 401, "access.token-missing", "Bearer");
            bad.forEach((what, header) -> refused(
                    route + " with " + what,
                    ask(route, header),
                    401,
                    header.contains(" ") && !header.startsWith("Authorization: Bearer") ? "access.token-missing" : "",
                    "Bearer"));
        }
    }

    /** Everything that must open nothing, as a header; the permissions in it would be enough. */
    private Map<String, String> badTokens() {
        Map<String, String> bad = new TreeMap<>();
        try (TokenIssuer stranger = TokenIssuer.start()) {
            TestToken good = ISSUER.token().tenant(TENANT).permissions(allPermissions());
            Map<String, String> tokens = new TreeMap<>();
            tokens.put("garbage", "garbage");
            tokens.put("garbage of three parts", "e30.e30.e30");
            tokens.put("an empty token", "");
            tokens.put("an expired token", good.expired(Duration.ofSeconds(40)).signed());
            tokens.put("a token of long ago", good.expired(Duration.ofDays(400)).signed());
            tokens.put(
                    "a token of tomorrow",
                    good.notBefore(Duration.ofSeconds(60)).signed());
            tokens.put("a token without an end", good.without("exp").signed());
            tokens.put("another audience", good.with("aud", List.of("another")).signed());
            tokens.put(
                    "an audience that only begins like ours",
                    good.with("aud", "wonflow-admin").signed());
            tokens.put("no audience", good.without("aud").signed());
            tokens.put("another issuer", good.with("iss", stranger.uri()).signed());
            tokens.put(
                    "an issuer that only begins like ours",
                    good.with("iss", ISSUER.uri() + "/x").signed());
            tokens.put("no issuer", good.without("iss").signed());
            tokens.put("nobody as subject", good.without("sub").signed());
            tokens.put("no signature", good.unsigned());
            tokens.put(
                    "a cut signature", good.signed().substring(0, good.signed().lastIndexOf('.') + 1));
            tokens.put("the public key as secret", good.signedWithThePublicKey());
            tokens.put("a stranger's key under our key's name", good.signedBy(stranger));
            tokens.put("a stranger's token", stranger.token(TENANT, allPermissions()));
            tokens.put("a key nobody knows", good.keyId("made-up").signed());
            tokens.put("claims changed afterwards", changed(good));
            tokens.put("an ID token", good.with("nonce", "n").type("JWT").signed());
            tokens.put(
                    "an ID token by its claim",
                    good.with("typ", "ID").type("JWT").signed());
            tokens.put("a logout token", good.type("logout+jwt").signed());
            tokens.put("a kind of its own", good.type("secevent+jwt").signed());
            tokens.forEach((what, token) -> bad.put(what, "Authorization: Bearer " + token));
            bad.put("a good token as a password", "Authorization: Basic " + good.signed());
            bad.put("a good token without a scheme", "Authorization: " + good.signed());
            bad.put("a good token as a cookie", "Cookie: access_token=" + good.signed());
            bad.put("the tenant in a header", "Wonflow-Tenant: " + TENANT);
        }
        return bad;
    }

    private static String changed(TestToken good) {
        String[] mine = good.signed().split("\\.", -1);
        String[] other = good.tenant("globex").signed().split("\\.", -1);
        return mine[0] + "." + other[1] + "." + mine[2];
    }

    /** What a request is about is nobody's business who may not send it. */
    @Test
    final void token_is_asked_for_before_anything_else() {
        String tooLarge = "x".repeat(TOO_LARGE);
        for (String route : withToken()) {
            String target = target(route);
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                for (String type : TYPES) {
                    asksForToken(method + " " + target + " as " + type, open.sendAs(method, target, type, ""));
                    asksForToken(method + " " + target + " as " + type, open.sendAs(method, target, type, "a=b"));
                }
            }
            for (String header : List.of(
                    "Content-Encoding: gzip", "Accept: image/png", "Accept: nonsense", "Accept-Charset: utf-16")) {
                asksForToken(route + " with " + header, ask(route, header));
            }
            asksForToken(route + " too large", open.sendAs("POST", target, "application/json", tooLarge));
            asksForToken(route + " large form", open.sendAs("POST", target, TYPES.get(1), "a=" + tooLarge));
        }
    }

    private static void asksForToken(String what, RawHttp.Answer answer) {
        refused(what, answer, 401, "access.token-missing", "Bearer");
    }

    @Test
    final void token_in_the_address_is_none() {
        for (String route : withToken()) {
            String token = ISSUER.token(TENANT, allPermissions());

            refused(route, open.send(method(route), target(route) + "?access_token=" + token, "{}"), 401, "", "Bearer");
        }
    }

    @Test
    final void token_without_the_permission_is_a_403_everywhere() {
        for (String route : withToken()) {
            Set<String> allowed = routes().getOrDefault(route, ANYBODY);
            List<String> others = Stream.of(allPermissions())
                    .filter(permission -> !allowed.contains(permission))
                    .collect(Collectors.toCollection(ArrayList::new));
            for (String enough : allowed) {
                others.addAll(List.of(
                        enough.toUpperCase(Locale.ROOT), enough + ":more", " " + enough, enough + "," + enough));
            }
            others.add("*");
            others.add("operator:*");
            String all = ISSUER.token(TENANT, others.toArray(String[]::new));
            String text = ISSUER.token()
                    .tenant(TENANT)
                    .with("permissions", String.join(" ", allowed))
                    .with("scope", String.join(" ", allowed))
                    .signed();

            for (String token : List.of(all, text, ISSUER.token(TENANT))) {
                refused(route, ask(route, bearer(token)), 403, "access.permission-missing", "insufficient_scope");
            }
        }
    }

    @Test
    final void each_permission_alone_opens_its_routes() {
        routes().forEach((route, permissions) -> {
            for (String permission : permissions) {
                RawHttp.Answer answer = ask(route, bearer(ISSUER.token(TENANT, permission)));

                assertThat(answer.status())
                        .as("%s with %s: %s", route, permission, answer)
                        .isNotIn(401, 403);
            }
        });
    }

    @Test
    final void token_without_a_usable_tenant_is_a_403_everywhere() {
        TestToken operator = ISSUER.token().permissions(allPermissions());
        List<String> tokens = List.of(
                operator.signed(),
                operator.with("tenant", "").signed(),
                operator.with("tenant", " ").signed(),
                operator.with("tenant", "x".repeat(101)).signed(),
                operator.with("tenant", "a\nb").signed(),
                operator.with("tenant", 7).signed(),
                operator.with("tenant", List.of(TENANT)).signed());
        for (String route : ofTenants()) {
            for (String token : tokens) {
                refused(
                        route,
                        ask(route, bearer(token), "Wonflow-Tenant: " + TENANT),
                        403,
                        "access.tenant-missing",
                        "insufficient_scope");
            }
        }
    }

    @Test
    final void operators_need_no_tenant() {
        routes().forEach((route, permissions) -> {
            for (String permission : permissions) {
                if (isOfOperators(permission)) {
                    RawHttp.Answer answer = ask(
                            route, bearer(ISSUER.token().permissions(permission).signed()));

                    assertThat(answer.status())
                            .as("%s with %s and no tenant: %s", route, permission, answer)
                            .isNotIn(401, 403);
                }
            }
        });
    }

    @Test
    final void open_routes_ask_for_nothing_and_look_at_nothing() {
        routes().forEach((route, permissions) -> {
            if (permissions.isEmpty()) {
                assertThat(ask(route).status()).as(route).isNotIn(401, 403);
                assertThat(ask(route, "Authorization: Bearer garbage").status())
                        .as(route)
                        .isNotIn(401, 403);
            }
        });
    }

    @Test
    final void no_way_around_the_address_leads_in() {
        String little = bearer(ISSUER.token(TENANT, "none:such"));
        String much = bearer(ISSUER.token(TENANT, allPermissions()));
        for (String route : withToken()) {
            for (String target : waysAround(target(route))) {
                for (String method : List.of("GET", "POST")) {
                    kept(method + " " + target, open.send(method, target, "{}"));
                    kept(method + " " + target, open.send(method, target, "{}", little));
                }
            }
            kept("HEAD " + route, open.send("HEAD", target(route), ""));
            kept("HEAD " + route, open.send("HEAD", target(route), "", little));
            for (String method : List.of("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")) {
                kept(method + " " + route, open.send(method, target(route), ""));
                kept(method + " " + route, open.send(method, target(route), "", much));
            }
        }
    }

    /** The same address, written so that one reader sees it and another does not. */
    private static List<String> waysAround(String target) {
        String last = target.substring(target.lastIndexOf('/') + 1);
        String before = target.substring(0, target.lastIndexOf('/') + 1);
        return List.of(
                target,
                target + "/",
                target + "//",
                target + "/.",
                target + ";x=y",
                target + ";/",
                target + "[x]",
                target + "%2f",
                target + "%00",
                target + "%20",
                target + ".json",
                target + "?_method=DELETE",
                "/" + target,
                "/livez/.." + target,
                "/livez/%2e%2e" + target,
                "/livez;/.." + target,
                "/." + target,
                before + "%" + Integer.toHexString(last.charAt(0)) + last.substring(1),
                before + last.toUpperCase(Locale.ROOT),
                "http://127.0.0.1" + target);
    }

    @Test
    final void headers_that_rewrite_a_request_rewrite_none() {
        for (String route : withToken()) {
            for (String header : List.of(
                    "X-HTTP-Method-Override: OPTIONS",
                    "X-Method-Override: HEAD",
                    "X-Original-URL: /livez",
                    "X-Rewrite-URL: /livez",
                    "X-Forwarded-Prefix: /livez",
                    "X-Forwarded-For: 127.0.0.1",
                    "Forwarded: for=127.0.0.1",
                    "X-Forwarded-User: admin",
                    "Origin: https://evil.example")) {
                kept(route + " with " + header, ask(route, header));
            }
        }
    }

    @Test
    final void foreign_sites_are_told_nothing() {
        String good = bearer(ISSUER.token(TENANT, allPermissions()));
        for (String route : routes().keySet()) {
            RawHttp.Answer preflight = open.send(
                    "OPTIONS",
                    target(route),
                    "",
                    "Origin: https://evil.example",
                    "Access-Control-Request-Method: " + method(route));
            RawHttp.Answer real = ask(route, good, "Origin: https://evil.example");

            kept("preflight of " + route, preflight);
            assertThat(Stream.of(preflight, real).flatMap(answer -> answer.headerNames().stream()))
                    .as(route)
                    .noneMatch(name -> name.startsWith("access-control-"));
        }
    }

    @Test
    final void what_is_not_there_is_a_401_and_with_a_token_a_404() {
        String good = bearer(ISSUER.token(TENANT, allPermissions()));
        for (String target : Stream.concat(
                        Stream.of(
                                "/",
                                "/index.html",
                                "/favicon.ico",
                                "/error",
                                "/login",
                                "/logout",
                                "/oauth2/authorization/x",
                                "/login/oauth2/code/x",
                                "/api",
                                "/api/nowhere",
                                "/h2-console",
                                "/v3/api-docs",
                                "/swagger-ui/index.html",
                                "/.well-known/oauth-protected-resource",
                                "/.well-known/openid-configuration",
                                "/actuator",
                                "/actuator/",
                                "/actuator/clock",
                                "/actuator/env",
                                "/actuator/heapdump",
                                "/actuator/loggers",
                                "/actuator/health/liveness",
                                "/actuator/health/readiness"),
                        endpoints().stream())
                .toList()) {
            for (String method : List.of("GET", "POST")) {
                refused(method + " " + target, open.send(method, target, ""), 401, "access.token-missing", "Bearer");
                refused(method + " " + target, open.send(method, target, "", good), 404, "http.404", "");
            }
        }
    }

    @Test
    final void probes_say_up_or_down_and_no_more() {
        String operator = bearer(ISSUER.token(TENANT, OPERATOR));
        for (String probe : List.of("/livez", "/readyz")) {
            for (RawHttp.Answer answer : List.of(
                    open.send("GET", probe, ""),
                    open.send("GET", probe, "", operator),
                    open.send("GET", probe, "", "Authorization: Bearer garbage"))) {
                assertThat(answer.status()).as(probe).isIn(200, 503);
                assertThat(answer.json().propertyNames()).as(answer.body()).containsExactly("status");
            }
            kept(probe, open.send("POST", probe, "{}"));
            kept(probe, open.send("DELETE", probe, ""));
        }
    }

    @Test
    final void details_are_for_operators_on_a_port_of_their_own() {
        String tenant = bearer(ISSUER.token(TENANT, permissionsOfTenants()));
        String operator = bearer(ISSUER.token().permissions(OPERATOR).signed());
        RawHttp.Answer shown = managed.send("GET", "/actuator/health", "", operator);

        assertThat(shown.json().has("components")).as(shown.body()).isTrue();
        for (RawHttp.Answer answer : List.of(
                managed.send("GET", "/actuator/health", ""), managed.send("GET", "/actuator/health", "", tenant))) {
            assertThat(answer.status()).isIn(200, 503);
            assertThat(answer.json().propertyNames()).as(answer.body()).isSubsetOf("status", "groups");
        }
        assertThat(endpoints()).contains("/actuator/health", "/actuator/metrics");
        for (String target : endpoints()) {
            if (!target.equals("/actuator/health")) {
                refused(target, managed.send("GET", target, ""), 401, "access.token-missing", "Bearer");
                refused(target, managed.send("GET", target, "", "Authorization: Bearer x"), 401, "", "Bearer");
                refused(target, managed.send("GET", target, "", tenant), 403, "access.permission-missing", "");
                assertThat(managed.send("GET", target, "", operator).status())
                        .as(target)
                        .isEqualTo(200);
            }
        }
        assertThat(managed.send("GET", "/actuator/clock", "", operator).status())
                .as("the clock, which nobody turned on")
                .isEqualTo(404);
        for (String route : routes().keySet()) {
            assertThat(managed.send(method(route), target(route), "{}", operator)
                            .status())
                    .as("%s on the management port", route)
                    .isEqualTo(404);
        }
    }

    private List<String> endpoints() {
        return service.getBean(PathMappedEndpoints.class).stream()
                .map(PathMappedEndpoint::getRootPath)
                .map(path -> "/actuator/" + path)
                .toList();
    }

    /** Routes that are for tenants, and not for operators. */
    private List<String> ofTenants() {
        return withToken().stream()
                .filter(route ->
                        routes().getOrDefault(route, ANYBODY).stream().noneMatch(AttackOnEveryRoute::isOfOperators))
                .toList();
    }

    private static boolean isOfOperators(String permission) {
        return permission.startsWith("operator:");
    }

    private String[] permissionsOfTenants() {
        return Stream.of(allPermissions())
                .filter(permission -> !isOfOperators(permission))
                .toArray(String[]::new);
    }

    private List<String> withToken() {
        return routes().entrySet().stream()
                .filter(route -> !route.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private String[] allPermissions() {
        return routes().values().stream().flatMap(Set::stream).distinct().toArray(String[]::new);
    }

    private RawHttp.Answer ask(String route, String... headers) {
        return open.send(method(route), target(route), method(route).equals("GET") ? "" : "{}", headers);
    }

    private static String method(String route) {
        return route.substring(0, route.indexOf(' '));
    }

    private static String target(String route) {
        String path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{[^}]+}", ID);
        return path.endsWith("/lookup") ? path + "?id=" + ID : path;
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    private int port(String name) {
        return service.getEnvironment().getRequiredProperty(name, Integer.class);
    }

    /** Whatever the answer is, it lets nobody in and tells nothing. */
    private static void kept(String what, RawHttp.Answer answer) {
        assertThat(answer.status()).as("%s: %s", what, answer).isIn(400, 401, 403, 404, 405, 415, 501);
        tellsNothing(what, answer);
    }

    private static void refused(String what, RawHttp.Answer answer, int status, String code, String challenge) {
        assertThat(answer.status()).as("%s: %s", what, answer).isEqualTo(status);
        assertThat(answer.header("content-type")).as(what).isEqualTo("application/problem+json");
        assertThat(answer.header("www-authenticate")).as(what).contains(challenge);
        JsonNode problem = new JsonMapper().readTree(answer.body());
        assertThat(problem.propertyNames()).as(answer.body()).hasSameElementsAs(MEMBERS);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("code").stringValue()).as(what).startsWith(code);
        tellsNothing(what, answer);
    }

    private static void tellsNothing(String what, RawHttp.Answer answer) {
        assertThat(answer.headerNames()).as(what).doesNotContain("set-cookie", "server", "x-powered-by", "location");
        String told = answer.body().toLowerCase(Locale.ROOT);
        for (String inside : INSIDES) {
            assertThat(told).as(what).doesNotContain(inside);
        }
    }
}
