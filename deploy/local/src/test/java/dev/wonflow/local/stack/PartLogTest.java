package dev.wonflow.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartLogTest {

    @TempDir
    private Path folder;

    @Test
    void last_lines_leave_out_stack_frames_and_all_causes_but_the_innermost() throws IOException {
        PartLog log = log("""
            starting
            java.lang.IllegalStateException: no context
            \tat dev.wonflow.Somewhere.run(Somewhere.java:1)
            Caused by: java.io.IOException: no driver
            \tat dev.wonflow.Somewhere.run(Somewhere.java:2)
            \t... 12 more
            Caused by: java.net.ConnectException: refused

            the end
            """);

        assertThat(log.lastLines(20)).containsExactly("Caused by: java.net.ConnectException: refused", "the end");
    }

    @Test
    void of_a_long_log_only_the_end_is_shown() throws IOException {
        PartLog log = log("line\n".repeat(50_000) + "the end\n");

        assertThat(log.lastLines(3)).containsExactly("line", "line", "the end");
    }

    @Test
    void endless_line_is_cut() throws IOException {
        assertThat(log("x".repeat(2_000)).lastLines(3))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThan(500));
    }

    @Test
    void new_run_keeps_the_log_of_the_run_before() throws IOException {
        PartLog log = log("first run");

        log.rotate();

        assertThat(log.lastLines(3)).isEmpty();
        assertThat(folder.resolve("part.log.1")).hasContent("first run");
    }

    private PartLog log(String content) throws IOException {
        return new PartLog(Files.writeString(folder.resolve("part.log"), content));
    }
}
