package dev.wonflow.subscription.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingDayTest {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    @Test
    void day_31_ends_with_every_short_month_and_comes_back_after_it() {
        assertThat(months("2026-01-31T10:00:00+09:00", 5))
                .containsExactly(
                        "2026-02-28T10:00+09:00[Asia/Seoul]",
                        "2026-03-31T10:00+09:00[Asia/Seoul]",
                        "2026-04-30T10:00+09:00[Asia/Seoul]",
                        "2026-05-31T10:00+09:00[Asia/Seoul]",
                        "2026-06-30T10:00+09:00[Asia/Seoul]");
    }

    @Test
    void leap_year_gives_february_its_29th() {
        assertThat(months("2028-01-31T10:00:00+09:00", 2))
                .containsExactly("2028-02-29T10:00+09:00[Asia/Seoul]", "2028-03-31T10:00+09:00[Asia/Seoul]");
        assertThat(months("2028-02-29T10:00:00+09:00", 1)).containsExactly("2028-03-29T10:00+09:00[Asia/Seoul]");
    }

    @ParameterizedTest
    @CsvSource({
        // 31 January 00:30 in Seoul is still the 30th in UTC; the 1st in Seoul is still the 31st.
        "2026-01-30T15:30:00Z, 31, 2026-02-27T15:30:00Z",
        "2026-01-31T15:30:00Z, 1, 2026-02-28T15:30:00Z",
        "2026-12-31T14:59:59Z, 31, 2027-01-31T14:59:59Z"
    })
    void days_are_days_in_seoul(Instant start, int day, Instant end) {
        assertThat(BillingDay.of(start)).isEqualTo(new BillingDay(day));
        assertThat(BillingDay.of(start).nextAfter(start)).isEqualTo(end);
    }

    /** The oracle knows nothing of the rule but "the k-th month, on the day or on its last". */
    @Test
    void a_hundred_months_from_any_day_agree_with_counting_months_from_the_first() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            ZonedDateTime start = LocalDate.of(2020, 1, 1)
                    .plusDays(random.nextInt(4_000))
                    .atTime(random.nextInt(24), random.nextInt(60))
                    .atZone(SEOUL);
            BillingDay day = BillingDay.of(start.toInstant());
            Instant end = start.toInstant();
            for (int month = 1; month <= 100; month++) {
                end = day.nextAfter(end);

                assertThat(end.atZone(SEOUL))
                        .as("seed %d, start %s, month %d", seed, start, month)
                        .isEqualTo(start.plusMonths(month));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "32", "-1"})
    void there_is_no_other_day(int day) {
        assertThatIllegalArgumentException().isThrownBy(() -> new BillingDay(day));
    }

    private static List<String> months(String start, int count) {
        Instant moment = ZonedDateTime.parse(start).toInstant();
        BillingDay day = BillingDay.of(moment);
        List<String> ends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            moment = day.nextAfter(moment);
            ends.add(moment.atZone(SEOUL).toString());
        }
        return ends;
    }
}
