package dev.wonflow.sandbox.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessDaysTest {

    private final BusinessDays days = new BusinessDays(new CalendarSettings(Set.of(LocalDate.of(2026, 3, 11))));

    /** The first two were seen in answers of the real API. */
    @ParameterizedTest
    @CsvSource({
        "2025-02-09, 4, 2025-02-13",
        "2023-11-25, 4, 2023-11-30",
        "2026-03-06, 1, 2026-03-09",
        "2025-12-24, 1, 2025-12-26",
        "2026-02-13, 1, 2026-02-19",
        "2026-03-10, 1, 2026-03-12",
        "2026-03-04, 0, 2026-03-04"
    })
    void weekends_and_holidays_are_passed_over(LocalDate from, int steps, LocalDate to) {
        assertThat(days.after(from, steps)).isEqualTo(to);
    }

    @Test
    void they_are_counted_backwards_too() {
        assertThat(days.before(LocalDate.of(2026, 3, 9), 1)).isEqualTo(LocalDate.of(2026, 3, 6));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-13, 1, 2026-02-18, false",
        "2026-02-13, 1, 2026-02-19, true",
        "2026-02-13, 1, 2026-02-20, true",
        "2026-02-13, 0, 2026-02-13, true",
        "2026-02-13, 0, 2026-02-12, false"
    })
    void they_have_passed_from_the_beginning_of_the_last_one_on(
            LocalDate since, int count, LocalDate today, boolean passed) {
        assertThat(days.havePassed(since, count, today)).isEqualTo(passed);
    }
}
