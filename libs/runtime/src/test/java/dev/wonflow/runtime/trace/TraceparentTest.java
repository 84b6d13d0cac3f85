package dev.wonflow.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {

    private static final String VALUE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void header_is_read_and_written_as_it_came() {
        Traceparent at = Traceparent.parse(VALUE).orElseThrow();

        assertThat(at.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(at.parentId()).isEqualTo("b7ad6b7169203331");
        assertThat(at.isSampled()).isTrue();
        assertThat(at)
                .hasToString(VALUE)
                .hasSameHashCodeAs(Traceparent.parse(VALUE).orElseThrow());
        assertThat(at.toString()).hasSize(Traceparent.LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "02", "a0"})
    void flags_other_than_the_first_say_nothing_about_sampling(String flags) {
        assertThat(Traceparent.parse(VALUE.substring(0, 53) + flags)
                        .orElseThrow()
                        .isSampled())
                .isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            })
    void what_is_none_is_dropped(String text) {
        assertThat(Traceparent.parse(text)).isEmpty();
    }

    @Test
    void version_from_the_future_is_passed_on_as_far_as_it_is_understood() {
        assertThat(Traceparent.parse("cc" + VALUE.substring(2) + "-what-the-future-will-be-like"))
                .hasToString("Optional[" + VALUE + "]");
        assertThat(Traceparent.parse("01" + VALUE.substring(2))).hasToString("Optional[" + VALUE + "]");
    }

    @Test
    void ids_of_a_tracer_make_a_header_and_those_of_none_do_not() {
        assertThat(Traceparent.of("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true))
                .hasToString("Optional[" + VALUE + "]");
        assertThat(Traceparent.of("8448eb211c80319c", "b7ad6b7169203331", false))
                .hasToString("Optional[00-00000000000000008448eb211c80319c-b7ad6b7169203331-00]");
        assertThat(Traceparent.of("", "", false)).isEmpty();
    }
}
