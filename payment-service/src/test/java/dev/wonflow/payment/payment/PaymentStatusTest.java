package dev.wonflow.payment.payment;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaymentStatusTest {

    @Test
    void life_cycle_has_exactly_these_steps() {
        String lifeCycle = Arrays.stream(PaymentStatus.values())
                .map(status -> status + " -> " + status.next())
                .collect(joining("\n", "", "\n"));

        assertThat(lifeCycle).isEqualTo("""
            REQUESTED -> [CONFIRMING, WAITING_FOR_DEPOSIT, PAID, FAILED, CANCELED]
            CONFIRMING -> [UNKNOWN, WAITING_FOR_DEPOSIT, PAID, FAILED]
            UNKNOWN -> [WAITING_FOR_DEPOSIT, PAID, FAILED]
            WAITING_FOR_DEPOSIT -> [PAID, FAILED, CANCELED]
            PAID -> [WAITING_FOR_DEPOSIT, PARTIALLY_REFUNDED, REFUNDED]
            FAILED -> [CONFIRMING, WAITING_FOR_DEPOSIT, PAID, FAILED, CANCELED]
            CANCELED -> [PAID]
            PARTIALLY_REFUNDED -> [PARTIALLY_REFUNDED, REFUNDED]
            REFUNDED -> []
            """);
    }

    @Test
    void picture_in_the_documentation_has_the_same_steps() throws IOException {
        String drawn = Pattern.compile("^ +(\\w+) --> (\\w+)$", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/payment-states.md")))
                .results()
                .map(arrow -> arrow.group(1) + " -> " + arrow.group(2))
                .sorted()
                .collect(joining("\n"));

        assertThat(drawn)
                .isEqualTo(Arrays.stream(PaymentStatus.values())
                        .flatMap(from -> from.next().stream().map(to -> from.text() + " -> " + to.text()))
                        .sorted()
                        .collect(joining("\n")));
    }

    @Test
    void every_status_can_be_reached() {
        assertThat(Stream.of(PaymentStatus.values()).flatMap(status -> status.next().stream()))
                .containsAll(Arrays.stream(PaymentStatus.values())
                        .filter(status -> status != PaymentStatus.REQUESTED)
                        .collect(Collectors.toSet()));
    }
}
