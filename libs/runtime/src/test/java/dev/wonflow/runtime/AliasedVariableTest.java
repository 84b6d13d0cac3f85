package dev.wonflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class AliasedVariableTest {

    private static final AliasedVariable KEY = new AliasedVariable("TOSS_KEY", "TOSS_PAYMENTS_KEY");

    @Test
    void either_name_gives_the_value() {
        assertThat(KEY.require(new MockEnvironment().withProperty("TOSS_KEY", " a ")))
                .isEqualTo("a");
        assertThat(KEY.require(new MockEnvironment().withProperty("TOSS_PAYMENTS_KEY", "a")))
                .isEqualTo("a");
    }

    @Test
    void equal_values_under_both_names_are_fine() {
        MockEnvironment both =
                new MockEnvironment().withProperty("TOSS_KEY", "a").withProperty("TOSS_PAYMENTS_KEY", "a");

        assertThat(KEY.require(both)).isEqualTo("a");
    }

    @Test
    void different_values_are_refused_without_showing_them() {
        MockEnvironment both =
                new MockEnvironment().withProperty("TOSS_KEY", "s3cret").withProperty("TOSS_PAYMENTS_KEY", "0ther");

        assertThatThrownBy(() -> KEY.resolve(both))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TOSS_KEY and TOSS_PAYMENTS_KEY")
                .hasMessageNotContainingAny("s3cret", "0ther");
    }

    @Test
    void blank_counts_as_not_set() {
        assertThat(KEY.resolve(new MockEnvironment().withProperty("TOSS_KEY", "  ")))
                .isEmpty();
        assertThatThrownBy(() -> KEY.require(new MockEnvironment())).hasMessageContaining("TOSS_KEY: not set");
    }
}
