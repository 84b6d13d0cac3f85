package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    private static final String EMOJI = "😀";

    @Test
    void emoji_counts_as_one_character() {
        assertThat(Text.require("plan", EMOJI.repeat(100), 100)).hasSize(200);
        assertThatThrownBy(() -> Text.require("plan", EMOJI.repeat(101), 100))
                .hasMessage("plan: 101 characters (expected: text of 1 to 100 characters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u0000", "\ud800", "\udc00a"})
    void text_that_cannot_be_stored_unharmed_is_refused(String text) {
        assertThat(Text.isFit(text, 100)).isFalse();
        assertThatThrownBy(() -> Text.require("plan", text, 100)).hasMessageStartingWith("plan: ");
    }

    @ParameterizedTest
    @CsvSource({"abc, 3, abc", "abcd, 3, abc", "a😀😀, 2, a😀", "😀, 0, ''"})
    void text_is_cut_between_two_characters(String text, int max, String expected) {
        assertThat(Text.cut(text, max)).isEqualTo(expected);
    }

    @Test
    void cut_text_holds_nothing_a_database_cannot() {
        assertThat(Text.cut("a\u0000b\ud800c", 10)).isEqualTo("abc");
        assertThat(Text.cut(null, 10)).isNull();
    }
}
