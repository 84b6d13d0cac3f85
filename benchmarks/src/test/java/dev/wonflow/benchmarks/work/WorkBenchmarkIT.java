package dev.wonflow.benchmarks.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole benchmark very small, so that it cannot rot. It looks at counts and never at a clock. */
class WorkBenchmarkIT {

    private static final WorkPlan TINY = new WorkPlan("tiny", 2_000, 200, 1, List.of(Duration.ofMillis(5)));

    @Test
    void every_item_is_done_once_and_ours_cost_a_fraction_of_a_statement(@TempDir Path directory) throws Exception {
        WorkReport report = WorkBenchmark.run(TINY, directory.resolve("work"), System.out::println);

        assertThat(report.blocks())
                .hasSize(4)
                .allSatisfy(block -> assertThat(block.items()).isEqualTo(2_000));
        assertThat(report.blocks())
                .filteredOn(block -> block.contender().equals("work queue"))
                .hasSize(2)
                .allSatisfy(block -> assertThat(block.statementsPerItem()).isLessThan(0.3));

        Path file = report.write(directory, Clock.fixed(Instant.parse("2026-01-05T03:00:00Z"), ZoneOffset.UTC));
        assertThat(file).hasFileName("work-tiny-20260105-030000.json");
        assertThat(Files.readString(file)).contains("\"statements\"");
    }
}
