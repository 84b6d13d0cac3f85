package dev.wonflow.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {

    @Test
    void negative_sum_is_refused_with_the_value_and_the_expectation() {
        assertThatThrownBy(() -> Money.ofWon(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("won: -1 (expected: 0 or more)");
    }

    @Test
    void sums_beyond_float_precision_stay_exact() {
        assertThat(Money.ofWon(9_007_199_254_740_993L).plus(Money.ofWon(2)).won())
                .isEqualTo(9_007_199_254_740_995L);
    }

    @Test
    void overflow_is_an_error_and_never_a_wrong_sum() {
        assertThatThrownBy(() -> Money.ofWon(Long.MAX_VALUE).plus(Money.ofWon(1)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ofWon(Long.MAX_VALUE).times(2)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void taking_away_more_than_there_is_fails() {
        assertThat(Money.ofWon(33_000).minus(Money.ofWon(13_000))).isEqualTo(Money.ofWon(20_000));
        assertThatThrownBy(() -> Money.ofWon(1).minus(Money.ofWon(2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void quantity_multiplies_and_may_not_be_negative() {
        assertThat(Money.ofWon(12_000).times(3)).isEqualTo(Money.ofWon(36_000));
        assertThatThrownBy(() -> Money.ofWon(12_000).times(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void order_is_by_amount() {
        assertThat(Money.ofWon(99)).isLessThan(Money.ofWon(100));
        assertThat(Money.ofWon(99).isLessThan(Money.ofWon(100))).isTrue();
        assertThat(Money.ofWon(100).isLessThan(Money.ofWon(100))).isFalse();
        assertThat(Money.ZERO.isZero()).isTrue();
    }
}
