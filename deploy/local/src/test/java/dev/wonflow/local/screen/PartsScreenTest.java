package dev.wonflow.local.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.stack.PartState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartsScreenTest {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

    @Test
    void without_a_terminal_each_change_is_one_line_and_nothing_is_painted_over() {
        try (PartsScreen screen = PartsScreen.of(Terminal.plain(out), List.of("kafka"))) {
            screen.on("kafka", PartState.WAITING, "");
            screen.on("kafka", PartState.STARTING, "");
            screen.on("kafka", PartState.STARTING, "no answer yet");
            screen.on("kafka", PartState.HEALTHY, "127.0.0.1:1");
        }

        assertThat(text().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("kafka starting"),
                        line -> assertThat(line).endsWith("kafka healthy 127.0.0.1:1"));
        assertThat(text()).doesNotContain("\u001b");
    }

    @Test
    void on_a_terminal_the_last_picture_shows_every_part_in_its_line() {
        Terminal terminal = Terminal.of(out, Map.of("TERM", "xterm", "LANG", "ko_KR.UTF-8"), "40");
        try (PartsScreen screen = PartsScreen.of(terminal, List.of("kafka", "postgres"))) {
            screen.on("kafka", PartState.HEALTHY, "127.0.0.1:1 and much more than fits into the line");
            screen.on("postgres", PartState.FAILED, "");
        }

        String plain = text().replaceAll("\u001b\\[[0-9;]*[a-zA-Z]", "").replace("\r", "");
        assertThat(plain).contains("✓ kafka").contains("✗ postgres");
        assertThat(plain.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(40));
    }

    @Test
    void colours_are_left_out_when_they_are_not_wanted() {
        Map<String, String> environment = Map.of("TERM", "xterm", "NO_COLOR", "1");

        assertThat(Terminal.of(out, environment, "80").good("yes")).isEqualTo("yes");
        assertThat(Terminal.of(out, Map.of("TERM", "xterm"), "80").good("yes")).isNotEqualTo("yes");
    }

    @Test
    void output_that_is_no_terminal_is_plain() {
        assertThat(Terminal.of(out, Map.of("TERM", "xterm"), "").live()).isFalse();
        assertThat(Terminal.of(out, Map.of("TERM", "dumb"), "80").live()).isFalse();
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
