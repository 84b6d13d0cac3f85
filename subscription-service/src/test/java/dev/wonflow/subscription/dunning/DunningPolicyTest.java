package dev.wonflow.subscription.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.subscription.dunning.DunningPolicy.FinalAction;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DunningPolicyTest {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final DailyWindow MAINTENANCE = window("23:30", "00:30");
    private static final DailyWindow NIGHT = window("21:00", "09:00");

    @ParameterizedTest
    @CsvSource({
        // By noon nothing is in the way.
        "1, 2026-01-05T12:00:00, 2026-01-06T12:00:00",
        "2, 2026-01-06T12:00:00, 2026-01-09T12:00:00",
        // The day is counted by the calendar, over the end of months and in leap years.
        "4, 2028-02-26T12:00:00, 2028-03-04T12:00:00",
        // At night it waits for the morning after.
        "1, 2026-01-05T22:15:00, 2026-01-07T09:00:00",
        "1, 2026-01-05T00:10:00, 2026-01-06T09:00:00",
        "1, 2026-01-05T08:59:59, 2026-01-06T09:00:00",
        "1, 2026-01-05T09:00:00, 2026-01-06T09:00:00",
        "1, 2026-01-05T20:59:59, 2026-01-06T20:59:59"
    })
    void next_attempt_is_so_many_days_later_and_not_at_night(int counted, String declined, String next) {
        DunningPolicy policy = policy(NIGHT, MAINTENANCE);

        assertThat(policy.nextAttempt(counted, at(declined, SEOUL), SEOUL)).contains(at(next, SEOUL));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T23:29:59, 2026-01-06T23:29:59",
        "2026-01-05T23:30:00, 2026-01-07T00:30:00",
        "2026-01-05T00:29:59, 2026-01-06T00:30:00",
        "2026-01-05T00:30:00, 2026-01-06T00:30:00"
    })
    void banks_are_left_alone_around_midnight_in_seoul(String declined, String next) {
        assertThat(policy(null, MAINTENANCE).nextAttempt(1, at(declined, SEOUL), SEOUL))
                .contains(at(next, SEOUL));
    }

    @Test
    void banks_keep_the_hours_of_seoul_wherever_the_customer_is() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        // 23:30 to 00:30 in Seoul is 15:30 to 16:30 in Berlin, in winter.
        assertThat(policy(NIGHT, MAINTENANCE).nextAttempt(1, at("2026-01-05T15:45:00", berlin), berlin))
                .contains(at("2026-01-06T16:30:00", berlin));
        // A window that ends within another is left together with it.
        assertThat(policy(window("15:00", "15:40"), MAINTENANCE)
                        .nextAttempt(1, at("2026-01-05T15:10:00", berlin), berlin))
                .contains(at("2026-01-06T16:30:00", berlin));
    }

    @Test
    void after_the_last_attempt_there_is_none() {
        Instant noon = at("2026-01-05T12:00:00", SEOUL);

        assertThat(policy(NIGHT, MAINTENANCE).nextAttempt(4, noon, SEOUL)).isPresent();
        assertThat(policy(NIGHT, MAINTENANCE).nextAttempt(5, noon, SEOUL)).isEmpty();
    }

    @Test
    void night_that_ends_while_clocks_change_ends_when_it_does() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        DunningPolicy policy = policy(window("22:00", "02:30"));

        // 02:00 to 03:00 does not exist on 29 March; on 25 October it exists twice.
        assertThat(policy.open(at("2026-03-29T01:50:00", berlin), berlin)).isEqualTo(at("2026-03-29T03:00:00", berlin));
        Instant secondTwoOclock = Instant.parse("2026-10-25T01:10:00Z");
        assertThat(policy.open(secondTwoOclock, berlin)).isEqualTo(Instant.parse("2026-10-25T01:30:00Z"));
    }

    /** Compared with going from minute to minute, over windows and zones of all kinds. */
    @Test
    void first_open_moment_is_the_one_that_a_walk_by_minutes_finds() {
        SplittableRandom random = new SplittableRandom(12);
        List<ZoneId> zones = List.of(
                SEOUL,
                ZoneId.of("Europe/Berlin"),
                ZoneId.of("America/New_York"),
                ZoneId.of("Australia/Lord_Howe"),
                ZoneId.of("Asia/Kathmandu"),
                ZoneId.of("UTC"));
        Instant from = Instant.parse("2025-12-31T15:00:00Z");
        int moved = 0;
        for (int round = 0; round < 20_000; round++) {
            ZoneId zone = zones.get(random.nextInt(zones.size()));
            DailyWindow quiet = random.nextBoolean() ? anyWindow(random, 600) : null;
            List<DailyWindow> maintenance = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                maintenance.add(anyWindow(random, 300));
            }
            DunningPolicy policy = policy(quiet, maintenance.toArray(DailyWindow[]::new));
            Instant at = round % 4 == 0
                    // Near the changes of clocks of these zones in 2026.
                    ? Instant.parse(List.of(
                                            "2026-03-29T00:00:00Z",
                                            "2026-10-25T00:00:00Z",
                                            "2026-03-08T06:00:00Z",
                                            "2026-11-01T05:00:00Z",
                                            "2026-04-04T14:00:00Z",
                                            "2026-10-03T15:00:00Z")
                                    .get(random.nextInt(6)))
                            .plus(random.nextInt(240) - 120, ChronoUnit.MINUTES)
                    : from.plus(random.nextInt(366 * 1440), ChronoUnit.MINUTES);

            Instant walked = at;
            while (isClosed(walked, zone, quiet, maintenance)) {
                walked = walked.plus(1, ChronoUnit.MINUTES);
            }

            assertThat(policy.open(at, zone))
                    .as("%s from %s in %s", policy, at, zone)
                    .isEqualTo(walked);
            moved += walked.equals(at) ? 0 : 1;
        }
        assertThat(moved).isGreaterThan(3_000);
    }

    private static boolean isClosed(
            Instant at, ZoneId zone, @Nullable DailyWindow quiet, List<DailyWindow> maintenance) {
        return (quiet != null && covers(quiet, minute(at, zone)))
                || maintenance.stream().anyMatch(window -> covers(window, minute(at, SEOUL)));
    }

    /** By counting minutes of a day on a ring. */
    private static boolean covers(DailyWindow window, int minute) {
        int begin = window.from().toSecondOfDay() / 60;
        int length = Math.floorMod(window.to().toSecondOfDay() / 60 - begin, 1440);
        return Math.floorMod(minute - begin, 1440) < length;
    }

    private static int minute(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalTime().toSecondOfDay() / 60;
    }

    private static DailyWindow anyWindow(SplittableRandom random, int longest) {
        int begin = random.nextInt(1440);
        int end = (begin + 1 + random.nextInt(longest)) % 1440;
        return new DailyWindow(LocalTime.ofSecondOfDay(begin * 60L), LocalTime.ofSecondOfDay(end * 60L));
    }

    @Test
    void stages_follow_each_other_and_those_without_a_day_are_passed_over() {
        assertThat(stages(7, 9, 14, FinalAction.CANCEL)).isEqualTo("GRACE RESTRICTED SUSPENDED ENDED");
        assertThat(stages(7, 0, 14, FinalAction.CANCEL)).isEqualTo("GRACE SUSPENDED ENDED");
        assertThat(stages(7, 9, 0, FinalAction.CANCEL)).isEqualTo("GRACE RESTRICTED ENDED");
        assertThat(stages(7, 0, 0, FinalAction.CANCEL)).isEqualTo("GRACE ENDED");
    }

    @Test
    void subscription_that_is_to_stay_suspended_does_so_for_ever() {
        assertThat(stages(7, 9, 14, FinalAction.STAY_SUSPENDED)).isEqualTo("GRACE RESTRICTED SUSPENDED for ever");
        assertThat(stages(7, 9, 0, FinalAction.STAY_SUSPENDED)).isEqualTo("GRACE RESTRICTED SUSPENDED for ever");
    }

    private static String stages(int grace, int restricted, int suspended, FinalAction finalAction) {
        DunningPolicy policy = new DunningPolicy(List.of(), null, List.of(), grace, restricted, suspended, finalAction);
        StringBuilder stages = new StringBuilder();
        DunningStage stage = DunningStage.GRACE;
        for (; stage.isOpen(); stage = policy.after(stage)) {
            stages.append(stage).append(' ');
            if (policy.end(stage, Instant.EPOCH, SEOUL).isEmpty()) {
                return stages.append("for ever").toString();
            }
        }
        return stages.append(stage).toString();
    }

    @Test
    void stage_ends_days_later_at_the_same_time_of_day() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        DunningPolicy policy = policy(NIGHT);

        assertThat(policy.end(DunningStage.GRACE, at("2026-03-27T12:00:00", berlin), berlin))
                .contains(at("2026-04-03T12:00:00", berlin));
    }

    /** The picture of the README, as text. */
    @Test
    void life_of_a_case_has_exactly_these_steps() {
        String lifeCycle = Arrays.stream(DunningStage.values())
                .map(stage -> stage + " -> " + stage.next())
                .collect(Collectors.joining("\n", "", "\n"));

        assertThat(lifeCycle).isEqualTo("""
            GRACE -> [RESTRICTED, SUSPENDED, RECOVERED, ENDED]
            RESTRICTED -> [SUSPENDED, RECOVERED, ENDED]
            SUSPENDED -> [RECOVERED, ENDED]
            RECOVERED -> []
            ENDED -> [RECOVERED]
            """);
    }

    @Test
    void policy_that_leaves_no_time_or_never_ends_is_refused() {
        assertThatThrownBy(() -> policy(window("00:00", "19:00"), window("20:00", "23:30")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quietHours and maintenance: PT22H30M (expected: at most 20 hours of a day together)");
        assertThatThrownBy(() -> window("09:00", "09:00")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DunningPolicy(List.of(1, 0), null, List.of(), 1, 1, 1, FinalAction.CANCEL))
                .hasMessage("daysBetweenAttempts: [1, 0] (expected: at most 20, each 1 to 60)");
        assertThatThrownBy(() -> new DunningPolicy(List.of(), null, List.of(), 366, 1, 1, FinalAction.CANCEL))
                .hasMessage("graceDays: 366 (expected: 0 to 365)");
    }

    private static DunningPolicy policy(@Nullable DailyWindow quiet, DailyWindow... maintenance) {
        return new DunningPolicy(List.of(1, 3, 5, 7), quiet, List.of(maintenance), 7, 9, 14, FinalAction.CANCEL);
    }

    private static DailyWindow window(String from, String to) {
        return new DailyWindow(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static Instant at(String local, ZoneId zone) {
        return ZonedDateTime.parse(local + "Z", java.time.format.DateTimeFormatter.ISO_ZONED_DATE_TIME)
                .withZoneSameLocal(zone)
                .toInstant();
    }
}
