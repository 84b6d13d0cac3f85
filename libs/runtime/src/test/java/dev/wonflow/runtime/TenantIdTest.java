package dev.wonflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantIdTest {

    private static final String EMOJI = "😀";

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "default", "hanbit-studio", "Mugs_and.More", "한빛 스튜디오", " spaced ", "a|b/c'd\"", "<script>"
            })
    void any_text_is_taken_as_it_is(String text) {
        assertThat(new TenantId(text).value()).isEqualTo(text);
        assertThat(new TenantId(text)).hasToString(text);
    }

    @Test
    void length_is_counted_as_the_database_counts() {
        assertThat(new TenantId(EMOJI.repeat(100)).value()).hasSize(200);

        assertThatThrownBy(() -> new TenantId(EMOJI.repeat(101)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tenant: 101 characters (expected: text of 1 to 100 characters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u3000"})
    void blank_is_no_tenant(String text) {
        assertThatThrownBy(() -> new TenantId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tenant: blank (expected: text of 1 to 100 characters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\tb", "a\u007fb", "a\u009bb", "a\ud83d", "\ude00b"})
    void what_no_header_and_no_log_line_can_carry_is_no_tenant(String text) {
        assertThatThrownBy(() -> new TenantId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tenant: control characters or half a character (expected:");
    }

    @Test
    void tenants_that_look_alike_are_not_the_same() {
        assertThat(new TenantId("acme")).isNotEqualTo(new TenantId("Acme")).isNotEqualTo(new TenantId("acme "));
    }
}
