package dev.wonflow.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryTest {

    private static final String VALUE = "YellowBird0001";

    private final Canary canary = new Canary("bird", VALUE);

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ab", "key=", "a longer text before it "})
    void it_is_recognised_in_every_form_whatever_stands_around_it(String before) {
        String text = before + VALUE + " and more";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(canary.isIn(text)).isTrue();
        assertThat(canary.isIn(Base64.getEncoder().encodeToString(bytes))).isTrue();
        assertThat(canary.isIn(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                .isTrue();
        assertThat(canary.isIn("\\x" + HexFormat.of().formatHex(bytes))).isTrue();
        assertThat(canary.isIn(HexFormat.of().withUpperCase().formatHex(bytes))).isTrue();
        assertThat(canary.isIn(HexFormat.of().formatHex(Base64.getEncoder().encode(bytes))))
                .isTrue();
    }

    @Test
    void another_bird_is_not_taken_for_it() {
        String other = "YellowBear0001 and more";

        assertThat(canary.isIn(other)).isFalse();
        assertThat(canary.isIn(Base64.getEncoder().encodeToString(other.getBytes(StandardCharsets.UTF_8))))
                .isFalse();
    }

    @Test
    void one_that_could_be_met_by_chance_is_refused() {
        assertThatThrownBy(() -> new Canary("bird", "tit")).hasMessageContaining("bird: 3 characters");
    }
}
