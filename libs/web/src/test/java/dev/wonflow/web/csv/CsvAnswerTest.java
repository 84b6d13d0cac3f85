package dev.wonflow.web.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Files from a running server. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = CsvAnswerTest.Shop.class,
        properties = "server.address=127.0.0.1")
class CsvAnswerTest {

    private static final List<String> COLUMNS = List.of("name", "won");

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Files.class)
    static class Shop {}

    @RestController
    static class Files {

        @GetMapping("/named")
        void named(@RequestParam("name") String name, HttpServletResponse response) throws IOException {
            CsvAnswer.write(
                    response,
                    "mugs.csv",
                    COLUMNS,
                    List.of(Arrays.asList(name, -100L)).iterator());
        }

        @GetMapping("/empty")
        void empty(HttpServletResponse response) throws IOException {
            CsvAnswer.write(response, "mugs.csv", COLUMNS, List.<List<?>>of().iterator());
        }

        /** The database goes away at a row. */
        @GetMapping("/broken")
        void broken(@RequestParam("at") int at, HttpServletResponse response) throws IOException {
            Stream<List<?>> rows = IntStream.range(0, 100_000).mapToObj(n -> {
                if (n == at) {
                    throw new DataAccessResourceFailureException("connection refused");
                }
                return List.of("mug " + n, n);
            });
            CsvAnswer.write(response, "mugs.csv", COLUMNS, rows.iterator());
        }
    }

    @Test
    void file_has_a_name_a_head_and_a_mark_excel_reads_korean_by() throws Exception {
        HttpResponse<String> answer = get("/named?name=%EB%A8%B8%EA%B7%B8%EC%BB%B5");

        assertThat(answer.body()).isEqualTo("\uFEFFname,won\r\n머그컵,-100\r\n");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"mugs.csv\"");
        assertThat(get("/empty").body()).isEqualTo("\uFEFFname,won\r\n");
    }

    @Test
    void text_a_spreadsheet_would_calculate_stays_text() throws Exception {
        for (String begin : List.of("%3D", "%2B", "-", "@", "%09", "%0D", "%0A")) {
            String cell = get("/named?name=" + begin + "cmd").body().split("\\R", 2)[1];

            assertThat(cell).as(begin).matches("(?s)\"?'.*");
        }
        assertThat(get("/named?name=a%2Cb%22c%3D").body()).contains("\"a,b\"\"c=\",-100");
    }

    @Test
    void what_fails_before_anything_was_sent_is_a_problem() throws Exception {
        for (int at : List.of(0, 3)) {
            HttpResponse<String> answer = get("/broken?at=" + at);

            assertThat(answer.statusCode()).as("at row %d", at).isEqualTo(503);
            assertThat(answer.body()).startsWith("{").contains("service.unavailable");
            assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
        }
    }

    @Test
    void what_fails_later_breaks_the_answer_off_so_that_no_part_passes_for_the_whole() {
        assertThatThrownBy(() -> get("/broken?at=90000")).isInstanceOf(IOException.class);
    }

    private HttpResponse<String> get(String target) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
