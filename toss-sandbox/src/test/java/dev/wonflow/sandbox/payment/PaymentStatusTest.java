package dev.wonflow.sandbox.payment;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PaymentStatusTest {

    @Test
    void a_payment_lives_like_this() {
        String lifeCycle = Arrays.stream(PaymentStatus.values())
                .map(status -> status + " -> " + status.next())
                .collect(joining("\n", "", "\n"));

        assertThat(lifeCycle).isEqualTo("""
            READY -> [IN_PROGRESS, ABORTED, EXPIRED]
            IN_PROGRESS -> [WAITING_FOR_DEPOSIT, DONE, ABORTED, EXPIRED]
            WAITING_FOR_DEPOSIT -> [DONE, CANCELED]
            DONE -> [WAITING_FOR_DEPOSIT, CANCELED, PARTIAL_CANCELED]
            CANCELED -> []
            PARTIAL_CANCELED -> [CANCELED, PARTIAL_CANCELED]
            ABORTED -> []
            EXPIRED -> []
            """);
    }

    @Test
    void opening_and_authenticating_are_not_announced() {
        assertThat(PaymentStatus.values())
                .filteredOn(status -> !status.isAnnounced())
                .containsExactly(PaymentStatus.READY, PaymentStatus.IN_PROGRESS);
    }
}
