package dev.wonflow.payment.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.SequentialIds;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DayReportTest {

    private static final LocalDate DAY = LocalDate.parse("2026-01-05");
    private static final Instant AT = Instant.parse("2026-01-06T01:00:00Z");

    @Test
    void hash_is_of_a_line_anybody_can_write() {
        DayReport report = report(DAY, 33_000, DayReport.NONE);

        assertThat(report.text()).isEqualTo("-|2026-01-05|test|1|33000|0|0|33000|924|92|31984");
        // printf '%s' '…' | sha256sum
        assertThat(report.hash()).isEqualTo("39424bb97c482a3d4524590edf4e3f9fad76c7ddaf31b50d2f26bbff883e5484");
    }

    @Test
    void every_figure_and_the_day_before_are_in_the_hash() {
        DayReport report = report(DAY, 33_000, DayReport.NONE);

        assertThat(Stream.of(
                        report,
                        report(DAY.plusDays(1), 33_000, DayReport.NONE),
                        report(DAY, 33_001, DayReport.NONE),
                        report(DAY, 33_000, report.hash())))
                .extracting(DayReport::hash)
                .doesNotHaveDuplicates();
    }

    private static DayReport report(LocalDate day, long captured, String previousHash) {
        return new DayReport(
                SequentialIds.id(1),
                day,
                false,
                new DayReport.Figures(1, captured, 0, 0, 33_000, 924, 92, 31_984),
                previousHash,
                AT);
    }
}
