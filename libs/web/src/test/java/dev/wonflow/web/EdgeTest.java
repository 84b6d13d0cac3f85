package dev.wonflow.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service with the edge, over real sockets. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = EdgeTest.Shop.class,
        properties = {"server.address=127.0.0.1", "wonflow.web.max-body=1KB"})
class EdgeTest {

    private static final int LIMIT = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    private int port;

    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import({Mugs.class, Shelves.class, ProblemsOfMugs.class})
    static class Shop {

        /** Reads a body before any handler does. */
        @Bean
        FilterRegistrationBean<Filter> eager() {
            FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
                request.getInputStream().readAllBytes();
                chain.doFilter(request, response);
            });
            filter.addUrlPatterns("/eager");
            return filter;
        }
    }

    record Mug(String name, long price) {}

    /** What can happen in a service. */
    @RestController
    static class Mugs {

        @PostMapping("/mugs")
        Mug echo(@RequestBody Mug mug) {
            return mug;
        }

        @PostMapping("/streams")
        int length(InputStream body) throws IOException {
            return body.readAllBytes().length;
        }

        @PostMapping("/nothing")
        String nothing() {
            return "done";
        }

        @GetMapping("/mugs")
        String find(@RequestParam("id") String id) {
            throw switch (id) {
                case "away" -> new DataAccessResourceFailureException("connection refused");
                case "wrapped" ->
                    new IllegalStateException(new CannotCreateTransactionException("refused", new SQLException()));
                case "broken" -> new TransactionSystemException("JDBC rollback failed", new SQLException());
                case "locked" -> new CannotAcquireLockException("deadlock");
                case "taken" -> new Taken();
                default -> new IllegalStateException("secret");
            };
        }
    }

    @RestController
    static class Shelves {

        @GetMapping("/shelves")
        String find(@RequestParam("number") int number, @RequestParam("full") boolean full) {
            return number + " " + full;
        }
    }

    /** A refusal in a service's own words. */
    static final class Taken extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @RestControllerAdvice
    static class ProblemsOfMugs {

        @ExceptionHandler
        ProblemDetail on(Taken e) {
            return CodedProblem.of(new ProblemKind(409, "mug.taken"), "mug: taken (expected: another one)");
        }
    }

    @Test
    void decent_request_passes() {
        HttpResponse<String> answer = post("/mugs", "{\"name\":\"머그컵\",\"price\":12000}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"name\":\"머그컵\",\"price\":12000}");
    }

    @Test
    void json_is_read_strictly_and_the_complaint_names_the_field() {
        JsonNode problem = problem(post("/mugs", "{\"name\":\"x\",\"price\":12000.7}"), 400, "request.invalid");

        assertThat(problem.get("detail").stringValue()).isEqualTo("price: of another kind (expected: a whole number)");
        assertThat(problem.get("type").stringValue()).isEqualTo("urn:wonflow:problem:request.invalid");
        problem(post("/mugs", "{\"name\":\"x\",\"price\":1,\"price\":2}"), 400, "request.malformed");
        problem(post("/mugs", "{\"name\":\"x\",\"price\":1} 7"), 400, "request.malformed");
        problem(post("/mugs", ""), 400, "request.malformed");
        problem(post("/mugs", "null"), 400, "request.malformed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                ?full=true           | number: missing (expected: a value)
                ?number=7            | full: missing (expected: a value)
                ?number=x&full=true  | number: of another kind (expected: a whole number)
                ?number=7&full=maybe | full: of another kind (expected: true or false)
                """)
    void parameter_that_is_missing_or_of_another_kind_is_named(String query, String detail) {
        JsonNode problem = problem(send(to("/shelves" + query).GET()), 400, "request.invalid");

        assertThat(problem.get("detail").stringValue()).isEqualTo(detail);
        assertThat(send(to("/shelves?number=7&full=true").GET()).body()).isEqualTo("7 true");
    }

    @Test
    void body_up_to_the_limit_passes_and_one_byte_more_does_not_whether_declared_or_not() {
        assertThat(post("/streams", "x".repeat(LIMIT)).body()).isEqualTo("1024");
        assertThat(postChunked("/streams", LIMIT).body()).isEqualTo("1024");
        problem(post("/streams", "x".repeat(LIMIT + 1)), 413, "request.too-large");
        problem(postChunked("/streams", LIMIT + 1), 413, "request.too-large");
        problem(postChunked("/streams", 1_000_000), 413, "request.too-large");
        problem(postChunked("/mugs", 1_000_000), 413, "request.too-large");
    }

    @Test
    void body_declared_too_large_is_refused_before_a_byte_of_it_is_there() throws Exception {
        long began = System.nanoTime();

        try (Socket socket = open("POST /streams HTTP/1.1\r\nHost: x\r\nContent-Length: 10737418240\r\n\r\n")) {
            byte[] answer = new byte[2_000];
            int length = socket.getInputStream().read(answer);

            assertThat(new String(answer, 0, length, UTF_8))
                    .startsWith("HTTP/1.1 413")
                    .contains("\"code\":\"request.too-large\"");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, multipart/form-data; boundary=x",
        "PUT, multipart/form-data; boundary=x",
        "POST, MultiPart/mixed; boundary=x",
        "POST, application/x-www-form-urlencoded",
        "POST, Application/X-WWW-Form-Urlencoded; charset=utf-8",
        "PUT, application/x-www-form-urlencoded",
        "DELETE, application/x-www-form-urlencoded"
    })
    void form_is_refused_whatever_its_length_and_whether_declared_or_not(String method, String type) {
        String part = "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n%s\r\n--x--\r\n";
        byte[] little = part.formatted("x").getBytes(UTF_8);
        byte[] much = part.formatted("x".repeat(1_000_000)).getBytes(UTF_8);

        for (HttpRequest.BodyPublisher body : List.of(
                HttpRequest.BodyPublishers.ofByteArray(little),
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(little)),
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(much)))) {
            JsonNode problem = problem(send(to("/mugs").method(method, body), "content-type", type), 415, "http.415");

            assertThat(problem.get("detail").stringValue())
                    .as("refused before anything reads it")
                    .isEqualTo("header Content-Type: a form (expected: application/json)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=x", "application/x-www-form-urlencoded"})
    void request_without_a_body_may_name_any_type(String type) {
        HttpResponse<String> answer =
                send(to("/nothing").POST(HttpRequest.BodyPublishers.noBody()), "content-type", type);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void body_a_filter_reads_has_the_same_limit() {
        problem(postChunked("/eager", LIMIT + 1), 413, "request.too-large");
        problem(postChunked("/eager", LIMIT), 404, "http.404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "EUC-KR", "utf-16", "\"windows-949\"", "invented-1"})
    void body_in_another_charset_is_refused_instead_of_read_as_another_text(String charset) {
        HttpResponse<String> answer = send(
                to("/mugs").POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"머그컵\",\"price\":12000}")),
                "content-type",
                "application/json;charset=" + charset);

        problem(answer, 415, "request.charset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "utf-8", "\"utf8\""})
    void body_may_say_that_it_is_utf_8(String charset) {
        HttpResponse<String> answer = send(
                to("/mugs").POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"머그컵\",\"price\":12000}")),
                "content-type",
                "application/json;charset=" + charset);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("머그컵");
    }

    @Test
    void packed_body_is_refused_with_what_is_accepted() {
        HttpResponse<String> answer = send(
                to("/mugs").POST(HttpRequest.BodyPublishers.ofString("x")),
                "content-type",
                "application/json",
                "content-encoding",
                "gzip");

        problem(answer, 415, "request.content-encoding");
        assertThat(answer.headers().firstValue("accept-encoding")).contains("identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"away", "wrapped", "broken", "locked"})
    void database_that_does_not_answer_is_a_503_with_a_time_to_come_back(String kind) {
        HttpResponse<String> answer = send(to("/mugs?id=" + kind).GET());

        problem(answer, 503, "service.unavailable");
        assertThat(answer.headers().firstValue("retry-after")).contains("2");
    }

    @Test
    void service_says_it_in_its_own_words_where_it_has_some() {
        problem(send(to("/mugs?id=taken").GET()), 409, "mug.taken");
    }

    @Test
    void bug_is_a_problem_that_tells_nothing() {
        HttpResponse<String> answer = send(to("/mugs?id=bug").GET());

        problem(answer, 500, "service.internal");
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void what_the_framework_refuses_has_a_code() {
        problem(send(to("/nowhere").GET()), 404, "http.404");
        problem(send(to("/error").GET()), 404, "http.404");
        problem(send(to("/mugs").DELETE()), 405, "http.405");
        problem(send(to("/mugs").GET()), 400, "request.invalid");
        problem(
                send(to("/mugs").POST(HttpRequest.BodyPublishers.ofString("x")), "content-type", "text/plain"),
                415,
                "http.415");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                GET /mugs?id=%zz HTTP/1.1     | 400 | http.400
                GET /mugs?id=%00%zz HTTP/1.1  | 400 | http.400
                GET /%zz HTTP/1.1             | 400 | http.400
                GET /%00 HTTP/1.1             | 400 | http.400
                GET /a{b}^c HTTP/1.1          | 400 | http.400
                GET /mugs?id=<x> HTTP/1.1     | 400 | http.400
                BREW /mugs HTTP/1.1           | 405 | http.405
                TRACE /mugs HTTP/1.1          | 405 | http.405
                GET /mugs HTTP/9.9            | 505 | http.505
                """)
    void what_the_container_refuses_is_a_problem_and_no_page(String line, int status, String code) throws Exception {
        String answer = raw(line + "\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("\"code\":\"" + code + "\"", "\"status\":" + status)
                .doesNotContain("<html");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-type: application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET HTTP/1.1", "nonsense", "\u0016\u0003\u0001"})
    void bytes_that_are_no_request_are_answered_without_a_page(String line) throws Exception {
        assertThat(raw(line + "\r\n\r\n")).contains("\"code\":\"http.400\"").doesNotContain("<html");
    }

    @Test
    void endless_headers_and_endless_addresses_are_problems() throws Exception {
        String header = "X: " + "x".repeat(20_000) + "\r\n";

        assertThat(raw("GET /mugs HTTP/1.1\r\nHost: x\r\n" + header + "\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"http.400\"");
        assertThat(raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"http.400\"");
        assertThat(raw("GET /mugs HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400").contains("\"code\":\"http.400\"");
    }

    private HttpResponse<String> post(String path, String body) {
        return send(to(path).POST(HttpRequest.BodyPublishers.ofString(body)), "content-type", "application/json");
    }

    private HttpResponse<String> postChunked(String path, int length) {
        byte[] body = "x".repeat(length).getBytes(UTF_8);
        return send(
                to(path).POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))),
                "content-type",
                "application/json");
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }

    /** Sends bytes as they are and reads until the server hangs up. */
    private String raw(String request) throws IOException {
        try (Socket socket = open(request)) {
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private Socket open(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    private static JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode problem = new JsonMapper().readTree(answer.body());
        assertThat(problem.get("code").stringValue()).isEqualTo(code);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        return problem;
    }
}
