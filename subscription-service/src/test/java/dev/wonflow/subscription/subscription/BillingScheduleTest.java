package dev.wonflow.subscription.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wonflow.subscription.plan.BillingInterval;
import dev.wonflow.subscription.plan.IntervalUnit;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingScheduleTest {

    private static final int SCHEDULES = 250_000;

    private static final List<IntervalUnit> UNITS = List.of(IntervalUnit.values());

    private static final List<String> ZONES = List.of(
            "Asia/Seoul",
            "Asia/Tokyo",
            "UTC",
            "America/New_York",
            "America/Sao_Paulo",
            "Europe/London",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "Pacific/Apia",
            "America/St_Johns");

    @Test
    void day_31_ends_with_every_short_month_and_comes_back_after_it() {
        assertThat(starts("2026-01-31T10:00+09:00[Asia/Seoul]", "P1M", 5))
                .containsExactly(
                        "2026-02-28T10:00+09:00[Asia/Seoul]",
                        "2026-03-31T10:00+09:00[Asia/Seoul]",
                        "2026-04-30T10:00+09:00[Asia/Seoul]",
                        "2026-05-31T10:00+09:00[Asia/Seoul]",
                        "2026-06-30T10:00+09:00[Asia/Seoul]");
    }

    @Test
    void leap_year_gives_february_its_29th() {
        assertThat(starts("2028-01-31T10:00+09:00[Asia/Seoul]", "P1M", 2))
                .containsExactly("2028-02-29T10:00+09:00[Asia/Seoul]", "2028-03-31T10:00+09:00[Asia/Seoul]");
        assertThat(starts("2024-02-29T10:00+09:00[Asia/Seoul]", "P1Y", 4))
                .containsExactly(
                        "2025-02-28T10:00+09:00[Asia/Seoul]",
                        "2026-02-28T10:00+09:00[Asia/Seoul]",
                        "2027-02-28T10:00+09:00[Asia/Seoul]",
                        "2028-02-29T10:00+09:00[Asia/Seoul]");
    }

    @Test
    void year_2100_is_no_leap_year() {
        assertThat(starts("2096-02-29T10:00+09:00[Asia/Seoul]", "P4Y", 2))
                .containsExactly("2100-02-28T10:00+09:00[Asia/Seoul]", "2104-02-29T10:00+09:00[Asia/Seoul]");
    }

    @Test
    void days_and_weeks_are_counted_as_they_come() {
        assertThat(starts("2026-02-20T10:00+09:00[Asia/Seoul]", "P10D", 2))
                .containsExactly("2026-03-02T10:00+09:00[Asia/Seoul]", "2026-03-12T10:00+09:00[Asia/Seoul]");
        assertThat(starts("2026-02-20T10:00+09:00[Asia/Seoul]", "P2W", 2))
                .containsExactly("2026-03-06T10:00+09:00[Asia/Seoul]", "2026-03-20T10:00+09:00[Asia/Seoul]");
    }

    @Test
    void time_of_day_stays_when_clocks_change_and_a_skipped_one_is_later_once() {
        // On 8 March 2026 New York goes from 02:00 to 03:00, on 1 November from 02:00 back to 01:00.
        assertThat(starts("2026-03-06T02:30-05:00[America/New_York]", "P1D", 3))
                .containsExactly(
                        "2026-03-07T02:30-05:00[America/New_York]",
                        "2026-03-08T03:30-04:00[America/New_York]",
                        "2026-03-09T02:30-04:00[America/New_York]");
        assertThat(starts("2026-10-31T01:30-04:00[America/New_York]", "P1D", 2))
                .containsExactly(
                        "2026-11-01T01:30-04:00[America/New_York]", "2026-11-02T01:30-05:00[America/New_York]");
    }

    @ParameterizedTest
    @CsvSource({
        // 31 January 00:30 in Seoul is still the 30th in UTC; the 1st in Seoul is still the 31st.
        "2026-01-30T15:30:00Z, 2026-02-27T15:30:00Z",
        "2026-01-31T15:30:00Z, 2026-02-28T15:30:00Z",
        "2026-12-31T14:59:59Z, 2027-01-31T14:59:59Z"
    })
    void days_are_days_in_the_zone(Instant start, Instant end) {
        assertThat(new BillingSchedule(start, Subscription.SEOUL, BillingInterval.MONTHLY).after(start))
                .isEqualTo(end);
    }

    @Test
    void start_after_a_moment_is_the_first_that_is_later() {
        Instant anchor = Instant.parse("2026-01-31T01:00:00Z");
        BillingSchedule schedule = new BillingSchedule(anchor, Subscription.SEOUL, BillingInterval.MONTHLY);

        assertThat(schedule.after(anchor.minusSeconds(1))).isEqualTo(anchor);
        assertThat(schedule.after(Instant.parse("2026-02-28T00:59:59Z"))).isEqualTo("2026-02-28T01:00:00Z");
        assertThat(schedule.after(Instant.parse("2026-02-28T01:00:00Z"))).isEqualTo("2026-03-31T01:00:00Z");
        assertThat(schedule.isStart(Instant.parse("2026-03-31T01:00:00Z"))).isTrue();
        assertThat(schedule.isStart(Instant.parse("2026-03-30T01:00:00Z"))).isFalse();
    }

    @Test
    void start_that_a_zone_moves_on_is_still_to_come_just_before_it() {
        ZoneId newYork = ZoneId.of("America/New_York");
        Instant anchor = Instant.parse("2026-03-06T07:30:00Z");
        BillingSchedule schedule = new BillingSchedule(anchor, newYork, new BillingInterval(IntervalUnit.DAY, 1));

        assertThat(schedule.after(Instant.parse("2026-03-08T07:10:00Z"))).isEqualTo("2026-03-08T07:30:00Z");
    }

    @Test
    void there_is_no_period_before_the_first() {
        BillingSchedule schedule = new BillingSchedule(Instant.EPOCH, Subscription.SEOUL, BillingInterval.MONTHLY);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.start(-1))
                .withMessage("index: -1 (expected: 0 or more)");
    }

    @Test
    void quarter_of_a_million_schedules_agree_with_counting_days_by_hand() {
        Random random = new Random(20260131);
        Map<String, Integer> drawn = new HashMap<>();
        for (int i = 0; i < SCHEDULES; i++) {
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            IntervalUnit unit = UNITS.get(random.nextInt(UNITS.size()));
            BillingInterval interval =
                    new BillingInterval(unit, 1 + random.nextInt(unit == IntervalUnit.YEAR ? 3 : 40));
            Instant anchor = anchor(random);
            int index = random.nextInt(60);
            BillingSchedule schedule = new BillingSchedule(anchor, zone, interval);
            HandCount hand = new HandCount(anchor, zone, interval);
            Stream.of(zone.getId(), unit.name(), hand.kindOfDay()).forEach(what -> drawn.merge(what, 1, Integer::sum));

            Instant start = schedule.start(index);
            Instant next = schedule.start(index + 1L);
            assertThat(List.of(start, next))
                    .as("%s, %s, %s, periods %d and the next", anchor, zone, interval, index)
                    .containsExactly(hand.start(index), hand.start(index + 1L));
            // A day that a zone left out makes a period of no length; the start after it is that of the next.
            if (start.isBefore(next)) {
                long inside = start.getEpochSecond()
                        + (long) (random.nextDouble() * (next.getEpochSecond() - start.getEpochSecond()));
                assertThat(schedule.after(Instant.ofEpochSecond(inside)))
                        .as("%s, %s, %s, after %d", anchor, zone, interval, inside)
                        .isEqualTo(next);
            }
        }
        assertThat(drawn)
                .as("each zone, unit and kind of day, often")
                .hasSize(ZONES.size() + UNITS.size() + HandCount.KINDS_OF_DAYS)
                .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(500));
    }

    /** From 1990 to 2060; a fifth of them at the end of a month, where it is easy to be wrong. */
    private static Instant anchor(Random random) {
        long seconds = 631_152_000L + (long) (random.nextDouble() * 2_209_032_000L);
        if (random.nextInt(5) > 0) {
            return Instant.ofEpochSecond(seconds);
        }
        long[] date = HandCount.date(Math.floorDiv(seconds, 86_400L));
        long last = HandCount.day(date[0], date[1], HandCount.lengthOf(date[0], date[1]));
        return Instant.ofEpochSecond(last * 86_400 + Math.floorMod(seconds, 86_400L));
    }

    private static List<String> starts(String anchor, String interval, int count) {
        ZonedDateTime first = ZonedDateTime.parse(anchor);
        BillingSchedule schedule =
                new BillingSchedule(first.toInstant(), first.getZone(), BillingInterval.parse(interval));
        return LongStream.rangeClosed(1, count)
                .mapToObj(index -> schedule.start(index).atZone(first.getZone()).toString())
                .toList();
    }

    /**
     * Counts days as the calendar does, one month after the other, and asks the zone for nothing but how far it is from
     * UTC at a moment.
     */
    private record HandCount(Instant anchor, ZoneId zone, BillingInterval interval) {

        static final int KINDS_OF_DAYS = 4;

        /** What makes the anchor's day hard to count from, if anything. */
        String kindOfDay() {
            long[] date = date(Math.floorDiv(local(), 86_400L));
            if (date[2] < 29) {
                return "in every month";
            }
            return date[1] == 2 ? "29 February" : date[2] == 31 ? "31st" : "29th or 30th";
        }

        private long local() {
            return anchor.getEpochSecond() + offset(anchor.getEpochSecond());
        }

        Instant start(long index) {
            long local = local();
            long day = Math.floorDiv(local, 86_400L);
            long timeOfDay = Math.floorMod(local, 86_400L);
            long units = index * interval.count();
            long then = switch (interval.unit()) {
                case DAY -> day + units;
                case WEEK -> day + 7 * units;
                case MONTH -> monthsLater(day, units);
                case YEAR -> monthsLater(day, 12 * units);
            };
            return Instant.ofEpochSecond(utc(then * 86_400 + timeOfDay));
        }

        private static long monthsLater(long day, long months) {
            long[] date = date(day);
            long year = date[0];
            long month = date[1];
            for (long i = 0; i < months; i++) {
                month++;
                if (month == 13) {
                    month = 1;
                    year++;
                }
            }
            return day(year, month, Math.min(date[2], lengthOf(year, month)));
        }

        private long offset(long second) {
            return zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        }

        /** The moment at which the zone's clocks show this, or would if they were not moved on just then. */
        private long utc(long local) {
            long usual = local - offset(anchor.getEpochSecond());
            if (offset(usual) == local - usual) {
                return usual;
            }
            // No zone is further than a day from another of its own offsets, and none changes twice in two days.
            long before = offset(local - 172_800);
            long after = offset(local + 172_800);
            if (offset(local - before) == before) {
                return local - before;
            }
            return offset(local - after) == after ? local - after : local - before;
        }

        static long lengthOf(long year, long month) {
            if (month == 2) {
                return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
            }
            return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        }

        /** Year, month and day of the month of a day counted from 1 January 1970. */
        static long[] date(long day) {
            long year = 1970;
            long rest = day;
            while (rest >= lengthOf(year)) {
                rest -= lengthOf(year);
                year++;
            }
            long month = 1;
            while (rest >= lengthOf(year, month)) {
                rest -= lengthOf(year, month);
                month++;
            }
            return new long[] {year, month, rest + 1};
        }

        static long day(long year, long month, long dayOfMonth) {
            long day = dayOfMonth - 1;
            for (long before = 1970; before < year; before++) {
                day += lengthOf(before);
            }
            for (long before = 1; before < month; before++) {
                day += lengthOf(year, before);
            }
            return day;
        }

        private static long lengthOf(long year) {
            return 337 + lengthOf(year, 2);
        }
    }
}
