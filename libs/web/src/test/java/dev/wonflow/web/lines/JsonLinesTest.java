package dev.wonflow.web.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.lines.JsonLines.Fault;
import dev.wonflow.web.lines.JsonLines.Line;
import dev.wonflow.web.lines.JsonLines.Taken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private record Form(@Nullable String name, @Nullable Long seats) {}

    @Test
    void each_line_is_read_by_itself_and_known_by_its_number() throws IOException {
        JsonLines<String> read = read("""
            {"name":"하나","seats":1}\r

            {"name":"둘"
            {"name":"셋","seats":"3"}
            {"name":"넷","name":"다섯"}
            {"name":"여섯","unknown":[1,2]}
            ["일곱"]
            null
            {"name":"여덟","seats":-8}
            {"seats":9}""");

        assertThat(read.lines()).containsExactly(new Line<>(1, "하나"), new Line<>(6, "여섯"));
        assertThat(read.faults())
                .containsExactly(
                        new Fault(
                                3, "not readable at column 14 (expected: one JSON document in UTF-8, no member twice)"),
                        new Fault(4, "seats: of another kind (expected: a whole number)"),
                        new Fault(
                                5, "not readable at column 21 (expected: one JSON document in UTF-8, no member twice)"),
                        new Fault(7, "line: of another kind (expected: a JSON object)"),
                        new Fault(8, "line: missing (expected: a value)"),
                        new Fault(9, "seats: -8 (expected: 1 or more)"),
                        new Fault(10, "name: missing (expected: a value)"));
    }

    @Test
    void bytes_that_are_not_utf_8_are_a_fault_of_their_line() throws IOException {
        byte[] body = "{\"name\":\"?\"}\n{\"name\":\"ok\"}".getBytes(UTF_8);
        body[9] = (byte) 0xC0;

        JsonLines<String> read = JsonLines.read(new ByteArrayInputStream(body), Form.class, JsonLinesTest::name);

        assertThat(read.lines()).containsExactly(new Line<>(2, "ok"));
        assertThat(read.faults()).extracting(Fault::line).containsExactly(1);
    }

    @Test
    void nothing_and_more_than_a_thousand_lines_are_refused_as_a_whole() throws IOException {
        assertThatThrownBy(() -> read(" \n\r\n"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("body: empty (expected: a JSON object in each line)");
        assertThat(read("{\"name\":\"a\"}\n".repeat(1_000)).lines()).hasSize(1_000);
        assertThatThrownBy(() -> read("{\"name\":\"a\"}\n".repeat(1_001)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageStartingWith("body: more than 1000 lines (expected: at most 1000;");
    }

    @Test
    void what_became_of_the_lines_is_told_in_their_order() throws IOException {
        JsonLines<String> read = read("{\"name\":\"a\"}\n{\n{\"name\":\"bad\"}\n{\"name\":\"c\"}");

        JsonLines.Outcome<String, Integer> outcome = read.outcome(
                read.values().stream().map(String::length).toList(),
                length -> length > 1 ? Optional.of("name: too long (expected: 1 character)") : Optional.empty());

        assertThat(outcome.taken()).containsExactly(new Taken<>(1, "a", 1), new Taken<>(4, "c", 1));
        assertThat(outcome.faults()).extracting(Fault::line).containsExactly(2, 3);
        assertThat(outcome.size()).isEqualTo(4);
    }

    @Test
    void dry_run_is_true_or_false_and_nothing_else() {
        assertThat(DryRun.of("true").isDry()).isTrue();
        assertThat(DryRun.of("false").isDry()).isFalse();
        assertThat(DryRun.of(null).isDry()).isFalse();
        assertThatThrownBy(() -> DryRun.of("yes"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("dryRun: another word (expected: true or false)");
    }

    private static JsonLines<String> read(String body) throws IOException {
        return JsonLines.read(new ByteArrayInputStream(body.getBytes(UTF_8)), Form.class, JsonLinesTest::name);
    }

    private static String name(Form form) {
        if (form.seats() != null && form.seats() < 1) {
            throw new IllegalArgumentException("seats: " + form.seats() + " (expected: 1 or more)");
        }
        return InvalidRequest.required("name", form.name());
    }
}
