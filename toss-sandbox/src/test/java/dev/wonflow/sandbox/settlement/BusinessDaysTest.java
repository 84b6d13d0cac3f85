package dev.wonflow.sandbox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessDaysTest {

    private final BusinessDays days =
            new BusinessDays(new SettlementSettings(true, false, 4, List.of(LocalDate.of(2026, 2, 17)), Map.of(), 1));

    /** The first two were seen in answers of the real API. */
    @ParameterizedTest
    @CsvSource({
        "2025-02-09, 4, 2025-02-13",
        "2023-11-25, 4, 2023-11-30",
        "2026-03-06, 1, 2026-03-09",
        "2025-12-24, 1, 2025-12-26",
        "2026-02-16, 1, 2026-02-18",
        "2026-03-04, 0, 2026-03-04"
    })
    void weekends_and_holidays_are_passed_over(LocalDate from, int steps, LocalDate to) {
        assertThat(days.after(from, steps)).isEqualTo(to);
    }

    @Test
    void they_are_counted_backwards_too() {
        assertThat(days.before(LocalDate.of(2026, 3, 9), 1)).isEqualTo(LocalDate.of(2026, 3, 6));
    }
}
