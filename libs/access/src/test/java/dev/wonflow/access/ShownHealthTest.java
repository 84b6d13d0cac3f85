package dev.wonflow.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A service set up as the local stack does it: which part of it is unwell is no secret on one's own machine. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = Shop.class,
        properties = {
            "server.address=127.0.0.1",
            "management.server.address=127.0.0.1",
            "management.server.port=0",
            "management.endpoints.web.exposure.include=health,info,metrics",
            "management.endpoint.health.show-components=always",
            "management.endpoint.health.show-details=always",
            "management.endpoint.health.probes.enabled=true",
            "management.endpoint.health.probes.add-additional-paths=true",
            "spring.web.resources.add-mappings=false",
            "spring.security.oauth2.resourceserver.jwt.issuer-uri=http://127.0.0.1:1"
        })
class ShownHealthTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int open;

    @LocalManagementPort
    private int managed;

    @Test
    void parts_are_shown_on_the_management_port_and_nowhere_else() {
        assertThat(get(managed, "/actuator/health").body()).contains("\"components\":{", "\"ping\"", "\"details\"");
        for (String probe : new String[] {"/livez", "/readyz"}) {
            assertThat(get(open, probe).body()).isEqualTo("{\"status\":\"UP\"}");
        }
        assertThat(get(open, "/actuator/health").statusCode()).isEqualTo(401);
    }

    @Test
    void everything_else_is_for_operators_all_the_same() {
        assertThat(get(managed, "/actuator/metrics").statusCode()).isEqualTo(401);
        assertThat(get(managed, "/actuator/info").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> get(int port, String path) {
        return http.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(LIMIT)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .join();
    }
}
