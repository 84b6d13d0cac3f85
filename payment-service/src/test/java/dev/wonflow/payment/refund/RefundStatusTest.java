package dev.wonflow.payment.refund;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RefundStatusTest {

    @Test
    void life_of_a_refund_has_exactly_these_steps() {
        String life = Arrays.stream(RefundStatus.values())
                .map(status -> status + " -> " + status.next())
                .collect(joining("\n", "", "\n"));

        assertThat(life).isEqualTo("""
            AWAITING_APPROVAL -> [REQUESTED, FAILED]
            REQUESTED -> [UNKNOWN, FAILED]
            UNKNOWN -> [UNKNOWN, DONE, FAILED]
            DONE -> []
            FAILED -> []
            """);
    }
}
