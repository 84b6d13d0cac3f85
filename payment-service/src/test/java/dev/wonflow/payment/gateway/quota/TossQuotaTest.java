package dev.wonflow.payment.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.work.SystemAlarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TossQuotaTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Set<Use> ALL = Set.of(Use.REQUIRED, Use.HINTED);

    private final MutableClock clock = new MutableClock();
    private final OneRow row = new OneRow();
    private final TossQuota quota = quota(null, false);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 40})
    void no_minute_sees_more_calls_than_toss_allows_with_a_test_key(int confirmsPerMinute) {
        List<Instant> calls = new ArrayList<>();
        long toConfirm = 0;

        for (int tenth = 0; tenth < 6_000; tenth++) {
            for (; toConfirm * 600 < (long) tenth * confirmsPerMinute; toConfirm++) {
                quota.called();
                calls.add(clock.instant());
            }
            while (quota.take(ALL).isPresent()) {
                calls.add(clock.instant());
            }
            clock.advance(Duration.ofMillis(100));
        }

        assertThat(mostInAMinute(calls)).isLessThanOrEqualTo(100);
    }

    @Test
    void no_minute_sees_more_hints_than_their_share_and_none_eats_what_is_required() {
        List<Instant> hinted = new ArrayList<>();
        for (int second = 0; second < 600; second++) {
            while (quota.take(Set.of(Use.HINTED)).isPresent()) {
                hinted.add(clock.instant());
            }
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(mostInAMinute(hinted)).isBetween(15L, 20L);
        assertThat(taken(Set.of(Use.REQUIRED))).isEqualTo(10);
    }

    @Test
    void what_is_required_goes_before_hints() {
        assertThat(quota.take(ALL)).contains(Use.REQUIRED);
    }

    @Test
    void confirms_that_take_everything_leave_what_is_required_its_share_and_hints_a_quarter() {
        int required = 0;
        int hinted = 0;
        for (int second = 0; second < 600; second++) {
            for (int i = 0; i < 10; i++) {
                quota.called();
            }
            required += taken(Set.of(Use.REQUIRED));
            hinted += taken(Set.of(Use.HINTED));
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(required / 10).as("a minute").isBetween(20, 30);
        assertThat(hinted / 10).as("a minute").isBetween(3, 5);
    }

    @Test
    void calls_of_more_than_a_minute_ago_are_forgiven() {
        for (int i = 0; i < 10_000; i++) {
            quota.called();
        }
        quota.take(Set.of());

        clock.advance(MINUTE.plusSeconds(5));

        assertThat(taken(Set.of(Use.HINTED))).isGreaterThan(1);
    }

    @Test
    void question_that_was_not_asked_is_given_back() {
        for (int i = 0; i < 100; i++) {
            assertThat(quota.take(Set.of(Use.HINTED))).as("question %d", i).contains(Use.HINTED);
            quota.giveBack(Use.HINTED);
        }
    }

    @Test
    void refusal_of_toss_stops_all_questions_of_all_instances_for_a_while() {
        TossQuota other = quota(null, false);
        other.turnedAway();
        other.take(Set.of());

        assertThat(quota.take(ALL)).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        assertThat(quota.take(ALL)).isEmpty();
        clock.advance(Duration.ofSeconds(4));
        assertThat(quota.take(ALL)).contains(Use.REQUIRED);
    }

    @Test
    void instances_share_one_quota() {
        TossQuota other = quota(null, false);

        int first = taken(Set.of(Use.REQUIRED));

        assertThat(first).isEqualTo(10);
        assertThat(other.take(Set.of(Use.REQUIRED))).isEmpty();
    }

    @Test
    void what_could_not_be_reported_is_reported_later() {
        quota.turnedAway();
        row.broken = true;
        assertThatThrownBy(() -> quota.take(ALL)).hasMessageContaining("away");

        row.broken = false;

        assertThat(quota.take(ALL)).isEmpty();
    }

    @Test
    void nothing_to_ask_and_nothing_to_report_costs_nothing() {
        row.broken = true;

        assertThat(quota.take(Set.of())).isEmpty();
    }

    @Test
    void clock_that_is_put_back_gives_nothing_and_takes_nothing() {
        taken(Set.of(Use.REQUIRED));

        clock.advance(Duration.ofDays(-30));
        assertThat(quota.take(Set.of(Use.REQUIRED))).isEmpty();

        clock.advance(MINUTE);
        assertThat(quota.take(Set.of(Use.REQUIRED))).contains(Use.REQUIRED);
    }

    @ParameterizedTest
    @CsvSource({", false, 10", ", true, 60", "300, false, 30", "300, true, 30"})
    void limit_follows_the_kind_of_key_unless_it_is_set(
            @Nullable Integer perMinute, boolean livemode, int requiredAtOnce) {
        TossQuota ofKey = quota(perMinute, livemode);

        int granted = 0;
        while (ofKey.take(Set.of(Use.REQUIRED)).isPresent()) {
            granted++;
        }

        assertThat(granted).isEqualTo(requiredAtOnce);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "29  | 30 | 20 | 10 | wonflow.quota.per-minute: 29 (expected: 30 or more)",
                "100 | 9  | 20 | 10 | wonflow.quota.required-percent: 9 (expected: 10 or more)",
                "100 | 30 | 9  | 10 | wonflow.quota.hinted-percent: 9 (expected: 10 or more)",
                "100 | 40 | 21 | 10 | 61 together (expected: 60 or less",
                "100 | 30 | 20 | 61 | wonflow.quota.rest-after-refusal: PT1M1S (expected: 0 to 1 minute)"
            })
    void setting_that_makes_no_sense_is_refused(
            int perMinute, int required, int hinted, int restSeconds, String message) {
        assertThatThrownBy(() -> new QuotaProperties(perMinute, required, hinted, Duration.ofSeconds(restSeconds)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private int taken(Set<Use> wanted) {
        int taken = 0;
        while (quota.take(wanted).isPresent()) {
            taken++;
        }
        return taken;
    }

    private static long mostInAMinute(List<Instant> calls) {
        return calls.stream()
                .mapToLong(first -> calls.stream()
                        .filter(call -> !call.isBefore(first) && call.isBefore(first.plus(MINUTE)))
                        .count())
                .max()
                .orElse(0);
    }

    private TossQuota quota(@Nullable Integer perMinute, boolean livemode) {
        return new TossQuota(
                row,
                new QuotaProperties(perMinute, 30, 20, Duration.ofSeconds(10)),
                new Merchant("a_client_key", livemode),
                new SystemAlarm());
    }

    private final class OneRow implements AllowanceBook {

        private Allowance allowance = new Allowance(Instant.EPOCH, 0, 0, 0);
        private boolean broken;

        @Override
        public Optional<Use> change(BiFunction<Allowance, Instant, Allowance.Taken> step) {
            if (broken) {
                throw new IllegalStateException("the database is away");
            }
            Allowance.Taken taken = step.apply(allowance, clock.instant());
            allowance = taken.left();
            return taken.use();
        }
    }
}
