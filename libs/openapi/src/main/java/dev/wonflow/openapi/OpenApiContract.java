package dev.wonflow.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.access.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document of a running service: the one in {@code contracts/openapi} is what its code makes of the routes
 * that run, has every problem, and states limits the service really has.
 *
 * <p>Subclasses are {@code @SpringBootTest}s on a random port that trust {@link TokenIssuer#shared()}, and lie in the
 * service's module.
 */
public abstract class OpenApiContract {

    /** Rewrites the file instead of comparing it. */
    private static final String WRITE = "wonflow.openapi.write";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Pattern CODE = Pattern.compile("new ProblemKind\\(\\s*\\d{3},\\s*\"([^\"]+)\"\\)");
    private static final String ID = "ord_019b8c18e38073c4af0b6d4c8e91a001";

    private final ApplicationContext service;
    private final String title;
    private final String about;

    /**
     * Of a service that runs.
     *
     * @param title a name for readers
     * @param about what a caller has the service for
     */
    protected OpenApiContract(ApplicationContext service, String title, String about) {
        this.service = service;
        this.title = title;
        this.about = about;
    }

    @Test
    final void document_in_contracts_is_what_the_code_says() throws IOException {
        String made = Document.text(new Document(
                        Route.of(service),
                        Prose.of(List.of(MODULE.resolve("src/main/java"), ROOT.resolve("libs/web/src/main/java"))),
                        new ProblemTable(ROOT.resolve("docs/problems.md")))
                .of(title, about));
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(file().getParent());
            Files.writeString(file(), made);
        }

        assertThat(Files.exists(file()) ? Files.readString(file()) : "")
                .as(
                        "%s. If the change is meant: mvn -pl %s -am verify -Dtest=none -Dit.test=OpenApiIT"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -D%s=true",
                        ROOT.relativize(file()), MODULE.getFileName(), WRITE)
                .isEqualTo(made);
    }

    @Test
    final void every_problem_of_the_service_stands_at_a_route() throws IOException {
        Set<String> made = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(MODULE.resolve("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher code = CODE.matcher(Files.readString(source));
                while (code.find()) {
                    made.add(code.group(1));
                }
            }
        }

        assertThat(new TreeSet<>(document().at("/components/examples").propertyNames()))
                .containsAll(made);
    }

    @Test
    final void what_is_beyond_a_stated_limit_is_refused_by_its_name() throws IOException, InterruptedException {
        String[] permissions = Route.of(service).stream()
                .flatMap(route -> route.permissions().stream())
                .distinct()
                .toArray(String[]::new);
        String token = TokenIssuer.shared().token("acme", permissions);
        JsonNode document = document();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (Route route : Route.of(service)) {
                JsonNode json = document.at("/paths")
                        .path(route.path())
                        .path(route.method().toLowerCase(Locale.ROOT))
                        .at("/requestBody/content/application~1json");
                if (json.has("example")) {
                    List<Excess> excesses = Excess.of(document, json);
                    assertThat(excesses).as(route.name()).isNotEmpty();
                    for (Excess excess : excesses) {
                        requireRefused(
                                route,
                                excess,
                                http.send(request(route, token, excess.body()), BodyHandlers.ofString()));
                    }
                }
            }
        }
    }

    private static void requireRefused(Route route, Excess excess, HttpResponse<String> answer) {
        assertThat(answer.statusCode())
                .as("%s with %s: %s", route.name(), excess, answer.body())
                .isEqualTo(400);
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("code").stringValue()).as("%s", excess).isEqualTo("request.invalid");
        assertThat(problem.get("detail").stringValue())
                .as("%s with %s", route.name(), excess)
                .startsWith(excess.field());
    }

    private HttpRequest request(Route route, String token, ObjectNode body) {
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        String path = route.path().replaceAll("\\{[^}]+}", ID);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(route.method(), HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
    }

    private static JsonNode document() throws IOException {
        return JSON.readTree(Files.readString(file()));
    }

    private static Path file() {
        return ROOT.resolve("contracts/openapi").resolve(MODULE.getFileName() + ".json");
    }
}
