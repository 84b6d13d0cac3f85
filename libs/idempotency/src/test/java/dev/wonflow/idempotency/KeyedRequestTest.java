package dev.wonflow.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedRequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "clé", "열쇠", "a\u007f", "a\u0000", "a\n"})
    void key_of_another_form_is_none(String key) {
        assertThatThrownBy(() -> new KeyedRequest(key, "", "/mugs"))
                .isInstanceOf(KeyUnusable.class)
                .hasMessage("header Idempotency-Key: of another form (expected: one of 1 to 255 visible ASCII"
                        + " characters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "!~", "\"8e03978e-40d5-43e8-bc93-6894a57f9324\""})
    void key_is_taken_as_it_is(String key) {
        assertThat(new KeyedRequest(key, "", "/mugs").key()).isEqualTo(key);
    }
}
