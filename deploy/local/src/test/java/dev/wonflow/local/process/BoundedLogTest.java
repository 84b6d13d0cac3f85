package dev.wonflow.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BoundedLogTest {

    private static final int BLOCKS = 8;

    @TempDir
    private Path folder;

    @Test
    void flood_fills_two_files_and_no_more() throws Exception {
        // 64 MiB, in lines of 128 bytes.
        Daemon.Started flood = start("yes \"$(printf %127s | tr ' ' x)\" | head -c 67108864");

        assertThat(flood.process().waitFor(100, TimeUnit.SECONDS)).isTrue();
        flood.log().awaitEnd();

        long limit = (long) BoundedLog.BLOCK_BYTES * BoundedLog.BLOCKS;
        assertThat(Files.size(log())).isLessThanOrEqualTo(limit);
        assertThat(Files.size(older())).isLessThanOrEqualTo(limit).isGreaterThan(limit / 2);
        assertThat(files()).containsExactlyInAnyOrder("part.log", "part.log.1");
    }

    @Test
    void nothing_is_lost_where_one_file_ends_and_the_next_begins() throws Exception {
        run("i=10000; while [ $i -lt 20000 ]; do echo \"line $i\"; i=$((i+1)); done");

        String all = IntStream.range(10_000, 20_000)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
        String kept = Files.readString(older()) + Files.readString(log());
        assertThat(kept).hasSizeGreaterThan(Files.readString(log()).length());
        assertThat(all).endsWith(kept);
    }

    @Test
    void line_can_be_read_as_soon_as_it_is_written() throws Exception {
        Daemon.Started started = start("echo here I am; echo wrong >&2; read line <> '" + pipe() + "'");
        try {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(log()).content().isEqualTo("here I am\nwrong\n"));
        } finally {
            started.process().destroyForcibly();
        }
    }

    @Test
    void nothing_is_left_when_the_process_has_ended() throws Exception {
        run("echo $$");

        assertThat(files()).containsExactly("part.log");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process -> process.info()
                                .arguments()
                                .map(List::of)
                                .orElse(List.of())
                                .contains(log().toString())));
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("wait");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    /** With small files, so that one fills up soon. */
    private void run(String script) throws IOException, InterruptedException {
        BoundedLog bounded = BoundedLog.open(List.of(), log(), BLOCKS);
        Process process;
        try (bounded) {
            process = new ProcessBuilder("sh", "-c", script)
                    .redirectErrorStream(true)
                    .redirectOutput(bounded.input())
                    .start();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        bounded.awaitEnd();
    }

    private Daemon.Started start(String script) throws IOException {
        return Daemon.start(List.of("sh", "-c", script), Map.of("PATH", System.getenv("PATH")), folder, log());
    }

    private Path log() {
        return folder.resolve("part.log");
    }

    private Path older() {
        return folder.resolve("part.log.1");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("part"))
                    .toList();
        }
    }
}
