package dev.wonflow.benchmarks.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole benchmark very small, so that it cannot rot. It looks at counts and never at a clock. */
class PaymentsBenchmarkIT {

    private static final PaymentsPlan TINY = new PaymentsPlan("tiny", 200, 8, 20, 3, 30, 1);

    @Test
    void checkouts_and_confirms_pass_through_all_services_at_a_known_cost(@TempDir Path directory) throws Exception {
        PaymentsReport report =
                PaymentsBenchmark.run(TINY, List.of(Flags.LOCAL), directory.resolve("work"), System.out::println);

        assertThat(report.blocks())
                .extracting(PaymentsReport.Block::kind)
                .containsExactly(
                        PaymentsReport.BURST,
                        PaymentsReport.CONFIRMS,
                        PaymentsReport.SLOW,
                        PaymentsReport.BARE,
                        PaymentsReport.SEQUENTIAL);
        Counts.PerItem checkout = report.blocks().get(0).perItem();
        assertThat(checkout.statements())
                .as("statements of a checkout, with what goes on beside it")
                .hasEntrySatisfying("orders", count -> assertThat(count).isLessThan(3))
                .hasEntrySatisfying("payments", count -> assertThat(count).isLessThan(4.5));
        assertThat(checkout.allCommits()).isLessThan(0.3);
        assertThat(checkout.walBytes()).isLessThan(12_000);
        Counts.PerItem confirm = report.blocks().get(1).perItem();
        assertThat(confirm.allStatements()).isLessThan(40);
        assertThat(confirm.allCommits()).isLessThan(5);
        assertThat(confirm.walBytes()).isLessThan(20_000);

        Path file = report.write(directory, Clock.fixed(Instant.parse("2026-01-05T03:00:00Z"), ZoneOffset.UTC));
        assertThat(file).hasFileName("payments-tiny-20260105-030000.json");
        assertThat(Files.readString(file)).contains("\"cpuMillis\"");
    }
}
