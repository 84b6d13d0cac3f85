package dev.wonflow.benchmarks.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole benchmark very small, so that it cannot rot. It looks at counts and never at a clock. */
class SandboxBenchmarkIT {

    private static final SandboxPlan TINY =
            new SandboxPlan("tiny", 1, 300, 50, Duration.ofSeconds(1), Duration.ofSeconds(1), 1);

    @Test
    void every_confirm_is_answered_with_few_and_with_many_payments_and_while_they_are_saved(@TempDir Path directory)
            throws Exception {
        SandboxReport report = SandboxBenchmark.run(TINY, directory.resolve("work"), System.out::println);

        assertThat(report.starts()).hasSize(1);
        assertThat(report.blocks()).extracting(SandboxReport.Block::payments).containsExactly(50, 350, 450);
        assertThat(report.blocks()).extracting(SandboxReport.Block::saving).containsExactly(false, false, true);
        assertThat(report.blocks()).allSatisfy(block -> {
            assertThat(block.confirms()).isEqualTo(50);
            assertThat(block.sinceSentMillis().values()).allMatch(millis -> millis > 0);
        });

        Path file = report.write(directory, Clock.fixed(Instant.parse("2026-01-05T03:00:00Z"), ZoneOffset.UTC));
        assertThat(file).hasFileName("sandbox-tiny-20260105-030000.json");
        assertThat(Files.readString(file)).contains("\"sinceDueMillis\"");
    }
}
