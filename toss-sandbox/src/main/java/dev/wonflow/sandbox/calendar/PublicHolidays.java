package dev.wonflow.sandbox.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public holidays of South Korea with their substitutes (대체공휴일), and Labour Day, when banks rested before it was
 * one. Complete from 2024 on; of years whose days of the lunar calendar are not listed here, only what has a fixed date
 * is known. The rule is that of the regulation on public holidays of public offices (관공서의 공휴일에 관한 규정, article 3), as of
 * 2023 and 2026.
 */
final class PublicHolidays {

    private static final Logger log = LoggerFactory.getLogger(PublicHolidays.class);

    /** New Year and Memorial Day; nothing makes up for them. */
    private static final Set<MonthDay> WITHOUT_SUBSTITUTE = Set.of(MonthDay.of(1, 1), MonthDay.of(6, 6));

    private static final Set<MonthDay> FIXED = Set.of(
            MonthDay.of(3, 1),
            MonthDay.of(5, 5),
            MonthDay.of(8, 15),
            MonthDay.of(10, 3),
            MonthDay.of(10, 9),
            MonthDay.of(12, 25));

    private static final MonthDay LABOUR_DAY = MonthDay.of(5, 1);
    private static final MonthDay CONSTITUTION_DAY = MonthDay.of(7, 17);

    /** Since when those two are public holidays; only from then on is there a substitute for them. */
    private static final int SINCE_2026 = 2026;

    /**
     * The days of the lunar calendar in one year.
     *
     * @param newYear 설날, a holiday with the day before and the day after
     * @param harvest 추석, likewise
     */
    private record Lunar(LocalDate newYear, LocalDate buddhasBirthday, LocalDate harvest) {}

    /** As the Korea Astronomy and Space Science Institute (KASI) computes them; in 2028 not the Chinese dates. */
    private static final Map<Integer, Lunar> LUNAR = Stream.of(
                    lunar("2024-02-10", "2024-05-15", "2024-09-17"),
                    lunar("2025-01-29", "2025-05-05", "2025-10-06"),
                    lunar("2026-02-17", "2026-05-24", "2026-09-25"),
                    lunar("2027-02-07", "2027-05-13", "2027-09-15"),
                    lunar("2028-01-27", "2028-05-02", "2028-10-03"),
                    lunar("2029-02-13", "2029-05-20", "2029-09-22"),
                    lunar("2030-02-03", "2030-05-09", "2030-09-12"),
                    lunar("2031-01-23", "2031-05-28", "2031-10-01"),
                    lunar("2032-02-11", "2032-05-16", "2032-09-19"),
                    lunar("2033-01-31", "2033-05-06", "2033-09-08"),
                    lunar("2034-02-19", "2034-05-25", "2034-09-27"),
                    lunar("2035-02-08", "2035-05-15", "2035-09-16"))
            .collect(Collectors.toUnmodifiableMap(lunar -> lunar.newYear().getYear(), lunar -> lunar));

    private static final int LAST_LUNAR_YEAR = 2035;

    /** Elections and temporary holidays (임시공휴일); later ones are settings. */
    private static final Set<LocalDate> DECLARED = Set.of(
            LocalDate.of(2024, 4, 10),
            LocalDate.of(2024, 10, 1),
            LocalDate.of(2025, 1, 27),
            LocalDate.of(2025, 6, 3),
            LocalDate.of(2026, 6, 3));

    private final Map<Integer, Set<LocalDate>> byYear = new ConcurrentHashMap<>();

    boolean include(LocalDate date) {
        return byYear.computeIfAbsent(date.getYear(), PublicHolidays::of).contains(date);
    }

    private static Set<LocalDate> of(int year) {
        if (year > LAST_LUNAR_YEAR) {
            log.warn(
                    "Holidays of the lunar calendar in {} are not known; wonflow.sandbox.calendar.holidays can name them",
                    year);
        }
        Lunar lunar = LUNAR.get(year);
        List<LocalDate> movable = lunar == null ? List.of() : around(lunar);
        List<LocalDate> fixed = fixed(year, lunar);
        List<LocalDate> others = Stream.concat(
                        WITHOUT_SUBSTITUTE.stream().map(day -> day.atYear(year)),
                        DECLARED.stream().filter(day -> day.getYear() == year))
                .toList();

        Set<LocalDate> holidays = new HashSet<>(others);
        Set<LocalDate> shared = new HashSet<>();
        Stream.concat(movable.stream(), fixed.stream())
                .filter(day -> !holidays.add(day))
                .forEach(shared::add);
        Set<LocalDate> lost = new HashSet<>(shared);
        movable.stream().filter(day -> day.getDayOfWeek() == DayOfWeek.SUNDAY).forEach(lost::add);
        fixed.stream().filter(PublicHolidays::isWeekend).forEach(lost::add);
        lost.stream().sorted().forEach(day -> holidays.add(substitute(day, holidays)));
        if (year < SINCE_2026) {
            holidays.add(LABOUR_DAY.atYear(year));
        }
        return holidays;
    }

    private static List<LocalDate> around(Lunar lunar) {
        return Stream.of(lunar.newYear(), lunar.harvest())
                .flatMap(day -> Stream.of(day.minusDays(1), day, day.plusDays(1)))
                .toList();
    }

    private static List<LocalDate> fixed(int year, @Nullable Lunar lunar) {
        Stream<LocalDate> days = FIXED.stream().map(day -> day.atYear(year));
        if (year >= SINCE_2026) {
            days = Stream.concat(days, Stream.of(LABOUR_DAY.atYear(year), CONSTITUTION_DAY.atYear(year)));
        }
        return lunar == null
                ? days.toList()
                : Stream.concat(days, Stream.of(lunar.buddhasBirthday())).toList();
    }

    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static LocalDate substitute(LocalDate lost, Set<LocalDate> holidays) {
        LocalDate day = lost.plusDays(1);
        while (isWeekend(day) || holidays.contains(day)) {
            day = day.plusDays(1);
        }
        return day;
    }

    private static Lunar lunar(String newYear, String buddhasBirthday, String harvest) {
        return new Lunar(LocalDate.parse(newYear), LocalDate.parse(buddhasBirthday), LocalDate.parse(harvest));
    }
}
