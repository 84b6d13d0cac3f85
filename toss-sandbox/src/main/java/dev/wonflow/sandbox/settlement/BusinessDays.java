package dev.wonflow.sandbox.settlement;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The days banks work in Korea. */
@Component
public class BusinessDays {

    /** Holidays with a fixed date, and Labour Day, when banks rest too. */
    private static final Set<MonthDay> FIXED_HOLIDAYS = Set.of(
            MonthDay.of(1, 1),
            MonthDay.of(3, 1),
            MonthDay.of(5, 1),
            MonthDay.of(5, 5),
            MonthDay.of(6, 6),
            MonthDay.of(8, 15),
            MonthDay.of(10, 3),
            MonthDay.of(10, 9),
            MonthDay.of(12, 25));

    private final Set<LocalDate> holidays;

    BusinessDays(SettlementSettings settings) {
        this.holidays = Set.copyOf(settings.holidays());
    }

    public boolean includes(LocalDate date) {
        return date.getDayOfWeek() != DayOfWeek.SATURDAY
                && date.getDayOfWeek() != DayOfWeek.SUNDAY
                && !FIXED_HOLIDAYS.contains(MonthDay.from(date))
                && !holidays.contains(date);
    }

    /** The business day so many business days later. */
    public LocalDate after(LocalDate date, int days) {
        return walked(date, days, 1);
    }

    /** The business day so many business days earlier. */
    public LocalDate before(LocalDate date, int days) {
        return walked(date, days, -1);
    }

    private LocalDate walked(LocalDate date, int days, int step) {
        LocalDate day = date;
        for (int left = days; left > 0; ) {
            day = day.plusDays(step);
            if (includes(day)) {
                left--;
            }
        }
        return day;
    }
}
