package dev.wonflow.benchmarks.renewals;

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
class RenewalsBenchmarkIT {

    private static final RenewalsPlan TINY = new RenewalsPlan("tiny", 600, 100, 200, 20, 1, Duration.ofSeconds(10));

    @Test
    void each_due_period_is_charged_once_also_when_both_services_are_killed(@TempDir Path directory) throws Exception {
        RenewalsReport report = RenewalsBenchmark.run(TINY, directory.resolve("work"), System.out::println);

        assertThat(report.blocks())
                .extracting(RenewalsReport.Block::kind)
                .containsExactly(RenewalsReport.CALM, RenewalsReport.FEW, RenewalsReport.KILLED);
        assertThat(report.blocks()).allSatisfy(block -> {
            assertThat(block.charges()).isEqualTo(block.kind().equals(RenewalsReport.FEW) ? 200 : 600);
            assertThat(block.books().agree()).isTrue();
            assertThat(block.books().paid()).isGreaterThan(1_000);
        });

        Path file = report.write(directory, Clock.fixed(Instant.parse("2026-01-05T03:00:00Z"), ZoneOffset.UTC));
        assertThat(file).hasFileName("renewals-tiny-20260105-030000.json");
        assertThat(Files.readString(file)).contains("\"books\"");
    }
}
