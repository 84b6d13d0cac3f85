package dev.wonflow.subscription.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.subscription.renewal.Breaker.Cause;
import dev.wonflow.subscription.renewal.Breaker.Finding;
import dev.wonflow.subscription.renewal.Breaker.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {

    private static final Breaker BREAKER = new Breaker(200, 20, 0.3, 0.1);

    @Test
    void says_nothing_of_too_few_results() {
        assertThat(BREAKER.judge(List.of())).isEmpty();
        assertThat(BREAKER.judge(Collections.nCopies(19, Result.UNKNOWN))).isEmpty();
        assertThat(BREAKER.judge(Collections.nCopies(20, Result.UNKNOWN)))
                .contains(new Finding(Cause.UNKNOWN_OUTCOMES, 20, 20));
    }

    @ParameterizedTest
    @CsvSource({"60, 0, ", "61, 0, DECLINES", "0, 20, ", "0, 21, UNKNOWN_OUTCOMES", "100, 50, UNKNOWN_OUTCOMES"})
    void is_tripped_by_more_than_the_share_and_not_by_the_share(int declined, int unknown, Cause cause) {
        List<Result> results = new ArrayList<>(Collections.nCopies(200 - declined - unknown, Result.PAID));
        results.addAll(Collections.nCopies(declined, Result.DECLINED));
        results.addAll(Collections.nCopies(unknown, Result.UNKNOWN));

        assertThat(BREAKER.judge(results).map(Finding::cause)).isEqualTo(Optional.ofNullable(cause));
    }

    @Test
    void declines_of_a_small_merchant_are_not_lost_among_what_was_paid_before() {
        List<Result> paidBefore = Collections.nCopies(183, Result.PAID);

        assertThat(BREAKER.judge(newest(16, paidBefore))).isEmpty();
        assertThat(BREAKER.judge(newest(17, paidBefore))).contains(new Finding(Cause.DECLINES, 17, 20));
        assertThat(new Breaker(200, 20, 1, 1).judge(newest(20, paidBefore)))
                .as("who says that all may be declined means it")
                .isEmpty();
    }

    private static List<Result> newest(int declined, List<Result> before) {
        List<Result> results = new ArrayList<>(Collections.nCopies(declined, Result.DECLINED));
        results.addAll(before);
        return results;
    }

    @Test
    void what_customers_do_of_a_day_trips_nothing() {
        // 2 % declines and 0.5 % lost answers over 100,000 charges, judged after each.
        SplittableRandom random = new SplittableRandom(11);
        List<Result> newestFirst = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            double chance = random.nextDouble();
            newestFirst.addFirst(chance < 0.02 ? Result.DECLINED : chance < 0.025 ? Result.UNKNOWN : Result.PAID);
            if (newestFirst.size() > 200) {
                newestFirst.removeLast();
            }
            assertThat(BREAKER.judge(newestFirst)).isEmpty();
        }
    }

    /** Compared with counting by another way, over mixes and settings of all kinds. */
    @Test
    void judges_the_newest_by_their_shares_and_nothing_else() {
        SplittableRandom random = new SplittableRandom(12);
        int tripped = 0;
        for (int round = 0; round < 20_000; round++) {
            int least = 1 + random.nextInt(40);
            Breaker breaker = new Breaker(
                    least + random.nextInt(60), least, random.nextInt(101) / 100.0, random.nextInt(101) / 100.0);
            double declines = random.nextDouble();
            double unknown = random.nextDouble();
            List<Result> results = new ArrayList<>();
            for (int i = random.nextInt(150); i > 0; i--) {
                results.add(
                        random.nextDouble() < unknown
                                ? Result.UNKNOWN
                                : random.nextDouble() < declines ? Result.DECLINED : Result.PAID);
            }

            Map<Result, Integer> counts = new EnumMap<>(Result.class);
            int judged = 0;
            int declinedOfTheNewest = 0;
            for (Result result : results) {
                if (judged < breaker.last()) {
                    counts.merge(result, 1, Integer::sum);
                    declinedOfTheNewest += judged < least && result == Result.DECLINED ? 1 : 0;
                    judged++;
                }
            }
            Optional<Cause> expected = Optional.empty();
            if (judged >= least && counts.getOrDefault(Result.UNKNOWN, 0) > judged * breaker.mostUnknown()) {
                expected = Optional.of(Cause.UNKNOWN_OUTCOMES);
            } else if (judged >= least && counts.getOrDefault(Result.DECLINED, 0) > judged * breaker.mostDeclined()) {
                expected = Optional.of(Cause.DECLINES);
            } else if (judged >= least
                    && declinedOfTheNewest > 0.8 * least
                    && declinedOfTheNewest > breaker.mostDeclined() * least) {
                expected = Optional.of(Cause.DECLINES);
            }

            assertThat(breaker.judge(results).map(Finding::cause)).isEqualTo(expected);
            tripped += expected.isPresent() ? 1 : 0;
        }
        assertThat(tripped).isBetween(5_000, 19_000);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.3, 0.1, least",
        "19, 20, 0.3, 0.1, last",
        "20, 20, 1.1, 0.1, mostDeclined",
        "20, 20, 0.3, NaN, mostUnknown"
    })
    void settings_that_mean_nothing_are_refused(int last, int least, double declined, double unknown, String field) {
        assertThatThrownBy(() -> new Breaker(last, least, declined, unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field + ": ");
    }
}
