package dev.wonflow.sandbox.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Year;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicHolidaysTest {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT);

    private final PublicHolidays holidays = new PublicHolidays();

    /** Those of 2024 to 2026 as the government announced them, the later ones by the same rule. */
    @ParameterizedTest
    @CsvSource({
        "2024, 01-01 02-09 02-12 03-01 04-10 05-01 05-06 05-15 06-06 08-15 09-16 09-17 09-18 10-01 10-03 10-09 12-25",
        "2025, 01-01 01-27 01-28 01-29 01-30 03-03 05-01 05-05 05-06 06-03 06-06 08-15 10-03 10-06 10-07 10-08 10-09"
                + " 12-25",
        "2026, 01-01 02-16 02-17 02-18 03-02 05-01 05-05 05-25 06-03 07-17 08-17 09-24 09-25 10-05 10-09 12-25",
        "2027, 01-01 02-08 02-09 03-01 05-03 05-05 05-13 07-19 08-16 09-14 09-15 09-16 10-04 10-11 12-27",
        "2028, 01-26 01-27 01-28 03-01 05-01 05-02 05-05 06-06 07-17 08-15 10-02 10-03 10-04 10-05 10-09 12-25",
        "2029, 01-01 02-12 02-13 02-14 03-01 05-01 05-07 05-21 06-06 07-17 08-15 09-21 09-24 10-03 10-09 12-25",
        "2030, 01-01 02-04 02-05 03-01 05-01 05-06 05-09 06-06 07-17 08-15 09-11 09-12 09-13 10-03 10-09 12-25"
    })
    void the_working_week_has_these_holidays(int year, String days) {
        assertThat(ofTheWorkingWeek(year)).isEqualTo(days);
    }

    @Test
    void a_year_without_a_lunar_calendar_has_its_fixed_days() {
        assertThat(ofTheWorkingWeek(2040)).isEqualTo("03-01 05-01 05-07 06-06 07-17 08-15 10-03 10-09 12-25");
    }

    private String ofTheWorkingWeek(int year) {
        List<LocalDate> days =
                Year.of(year).atDay(1).datesUntil(Year.of(year + 1).atDay(1)).toList();
        return days.stream()
                .filter(day -> !PublicHolidays.isWeekend(day) && holidays.include(day))
                .map(DAY::format)
                .collect(Collectors.joining(" "));
    }
}
