package dev.wonflow.payment.stray;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StrayCaptureStatusTest {

    @Test
    void life_of_a_stray_capture_has_exactly_these_steps() {
        String life = Arrays.stream(StrayCaptureStatus.values())
                .map(status -> status + " -> " + status.next())
                .collect(joining("\n", "", "\n"));

        assertThat(life).isEqualTo("""
            FOUND -> [FOUND, UNKNOWN, LEFT, REFUNDED, COUNTED, NOT_HELD]
            UNKNOWN -> [UNKNOWN, LEFT, REFUNDED, COUNTED, NOT_HELD]
            LEFT -> [REFUNDED, COUNTED, NOT_HELD]
            REFUNDED -> []
            COUNTED -> []
            NOT_HELD -> []
            """);
    }
}
