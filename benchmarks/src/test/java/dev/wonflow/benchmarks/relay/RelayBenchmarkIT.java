package dev.wonflow.benchmarks.relay;

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
class RelayBenchmarkIT {

    private static final RelayPlan TINY = new RelayPlan(
            "tiny",
            List.of(100),
            Duration.ofSeconds(1),
            0,
            1,
            0,
            1,
            2_000,
            1,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1));

    @Test
    void every_contender_carries_every_event_in_order(@TempDir Path directory) throws Exception {
        RelayReport report = RelayBenchmark.run(TINY, directory.resolve("work"), System.out::println);

        assertThat(report.blocks())
                .extracting(RelayReport.Block::contender)
                .containsExactlyInAnyOrder(Contender.values());
        assertThat(report.blocks()).allSatisfy(block -> {
            assertThat(block.events()).isEqualTo(100);
            assertThat(block.lost()).isZero();
            assertThat(block.faults().disordered()).isZero();
            assertThat(block.faults().strangers()).isZero();
            assertThat(block.sinceCommitMillis().values()).allMatch(millis -> millis > 0);
        });
        assertThat(report.drains())
                .extracting(RelayReport.Drain::contender)
                .containsExactlyInAnyOrder(Contender.values());
        assertThat(report.drains()).allSatisfy(drain -> {
            assertThat(drain.events()).isEqualTo(2_000);
            assertThat(drain.lost()).isZero();
            assertThat(drain.faults().disordered()).isZero();
            assertThat(drain.faults().strangers()).isZero();
        });
        assertThat(report.rests())
                .extracting(RelayReport.Rest::contender)
                .containsExactlyInAnyOrder(Contender.values());
        assertThat(report.rests()).allSatisfy(rest -> assertThat(rest.lost()).isZero());
        assertThat(report.nothingLost()).isTrue();

        Path file = report.write(directory, Clock.fixed(Instant.parse("2026-01-05T03:00:00Z"), ZoneOffset.UTC));
        assertThat(file).hasFileName("relay-tiny-20260105-030000.json");
        assertThat(Files.readString(file)).contains("\"fsync\" : \"on\"", "\"synchronous_commit\" : \"on\"");
    }
}
