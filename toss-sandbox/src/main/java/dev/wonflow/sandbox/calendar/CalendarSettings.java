package dev.wonflow.sandbox.calendar;

import java.time.LocalDate;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the calendar.
 *
 * @param holidays days without business besides weekends and the public holidays the sandbox knows: temporary ones
 *     declared later, and those of the lunar calendar after 2035
 */
@ConfigurationProperties("wonflow.sandbox.calendar")
record CalendarSettings(@DefaultValue Set<LocalDate> holidays) {

    CalendarSettings {
        holidays = Set.copyOf(holidays);
    }
}
