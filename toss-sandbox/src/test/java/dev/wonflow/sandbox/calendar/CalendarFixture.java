package dev.wonflow.sandbox.calendar;

import java.util.Set;

/** Calendars for tests. */
public final class CalendarFixture {

    private CalendarFixture() {}

    /** The calendar of a sandbox nobody told of a holiday. */
    public static BusinessDays aCalendar() {
        return new BusinessDays(new CalendarSettings(Set.of()));
    }
}
