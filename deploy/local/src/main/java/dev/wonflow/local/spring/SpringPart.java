package dev.wonflow.local.spring;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.process.PortUse;
import dev.wonflow.local.stack.JavaProgram;
import dev.wonflow.local.stack.Part;
import dev.wonflow.local.stack.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Spring Boot application of the stack: a service or the sandbox. */
public final class SpringPart implements Part {

    /** Where a part tells how it fares, if it has a port of its own for that. */
    public static final String MANAGEMENT_PORT = "MANAGEMENT_SERVER_PORT";

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

    private final String name;
    private final int port;
    private final Set<String> needs;
    private final int stopStage;
    private final Path module;
    private final FastStart fastStart;
    private final JavaProgram java;
    private final Map<String, String> environment;
    private final HttpClient http;
    private final JsonMapper json = new JsonMapper();

    /**
     * Creates it.
     *
     * @param module folder of the Maven module that builds it
     * @param family with which it shares an archive of classes; it is one of them
     */
    public SpringPart(
            String name,
            int port,
            Set<String> needs,
            int stopStage,
            Path module,
            LibraryFamily family,
            StateFolder state,
            Map<String, String> environment,
            HttpClient http) {
        this.name = name;
        this.port = port;
        this.needs = needs;
        this.stopStage = stopStage;
        this.module = module;
        this.java = JavaProgram.of(state, name);
        this.fastStart = new FastStart(state.cache().resolve(name), family);
        this.environment = environment;
        this.http = http;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Integer> ports() {
        return port == managementPort() ? List.of(port) : List.of(port, managementPort());
    }

    @Override
    public Set<String> needs() {
        return needs;
    }

    @Override
    public int stopStage() {
        return stopStage;
    }

    @Override
    public String mark() {
        return java.mark();
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** The variables its process gets. */
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Launch launch() throws IOException, InterruptedException {
        return launch(List.of("-Xmx192m"), List.of());
    }

    /**
     * How to start it otherwise than as a part of the stack.
     *
     * @param options of the virtual machine
     * @param arguments of the application
     */
    public Launch launch(List<String> options, List<String> arguments) throws IOException, InterruptedException {
        Path jar = Jars.find(module)
                .orElseThrow(() -> new Trouble(name + " is not built: no jar in " + module.resolve("target")
                        + "\nBuild it: mvn -DskipTests package"));
        List<String> program = new ArrayList<>(fastStart.program(jar));
        program.addAll(arguments);
        return new Launch(
                java.command(options, program), environment, Files.createDirectories(module.resolve("target")));
    }

    @Override
    public Optional<String> unready() {
        // Costs a hundredth of a request that is refused, and a start asks often.
        if (!PortUse.isListening(managementPort())) {
            return Optional.of("no answer on port " + managementPort() + " yet");
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort() + "/actuator/health"))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.empty() : Optional.of(explain(response));
        } catch (IOException _) {
            return Optional.of("no answer on port " + managementPort() + " yet");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private int managementPort() {
        String own = environment.get(MANAGEMENT_PORT);
        return own == null ? port : Integer.parseInt(own);
    }

    /** Names the parts of a service that are down, such as {@code db, relay}. */
    private String explain(HttpResponse<String> response) {
        try {
            StringJoiner down = new StringJoiner(", ");
            JsonNode components = json.readTree(response.body()).path("components");
            components.properties().forEach(component -> {
                String status = component.getValue().path("status").asString("");
                if (!status.equals("UP")) {
                    down.add(component.getKey() + " is " + status);
                }
            });
            return "health answers " + response.statusCode() + (down.length() == 0 ? "" : ": " + down);
        } catch (JacksonException _) {
            return "health answers " + response.statusCode();
        }
    }
}
