package dev.wonflow.sandbox.calendar;

import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** The days banks work in Korea: no weekend, no public holiday, and none of those in the settings. */
@Component
public class BusinessDays {

    private final PublicHolidays publicHolidays = new PublicHolidays();
    private final CalendarSettings settings;

    BusinessDays(CalendarSettings settings) {
        this.settings = settings;
    }

    public boolean includes(LocalDate date) {
        return !PublicHolidays.isWeekend(date) && !settings.holidays().contains(date) && !publicHolidays.include(date);
    }

    /** The business day so many business days later. */
    public LocalDate after(LocalDate date, int days) {
        return walked(date, days, 1);
    }

    /** The business day so many business days earlier. */
    public LocalDate before(LocalDate date, int days) {
        return walked(date, days, -1);
    }

    /** Whether so many business days have come since a date, that of today included. */
    public boolean havePassed(LocalDate since, int days, LocalDate today) {
        // They take as many days at least, so that the calendar is not asked about what has just happened.
        return !today.isBefore(since.plusDays(days)) && !today.isBefore(after(since, days));
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
