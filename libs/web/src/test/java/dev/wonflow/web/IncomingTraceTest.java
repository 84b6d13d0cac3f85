package dev.wonflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.runtime.trace.Traceparent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service whose callers send traces along, over real sockets. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = IncomingTraceTest.Shop.class,
        properties = "server.address=127.0.0.1")
class IncomingTraceTest {

    private static final String CAUSE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    private int port;

    @Test
    void request_is_part_of_the_trace_its_caller_sent_along() throws Exception {
        assertThat(traceOf(CAUSE)).isEqualTo(CAUSE);
        assertThat(traceOf()).as("the next one").isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void header_that_is_none_is_passed_over_and_no_error(String header) throws Exception {
        assertThat(traceOf(header)).isEqualTo("none");
    }

    @Test
    void header_that_came_twice_says_nothing() throws Exception {
        assertThat(traceOf(CAUSE, CAUSE)).isEqualTo("none");
    }

    @Test
    void failure_in_a_trace_is_answered_as_any_other() throws Exception {
        HttpResponse<String> answer = get("/nowhere", CAUSE);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":");
    }

    private String traceOf(String... headers) throws Exception {
        HttpResponse<String> answer = get("/trace", headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        for (String header : headers) {
            request.header("traceparent", header);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Traces.class)
    static class Shop {}

    @RestController
    static class Traces {

        private final Trace trace;

        Traces(Trace trace) {
            this.trace = trace;
        }

        @GetMapping("/trace")
        String current() {
            return trace.current().map(Traceparent::toString).orElse("none");
        }
    }
}
