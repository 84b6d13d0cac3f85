package dev.wonflow.payment.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatusCheckPropertiesTest {

    private final StatusCheckProperties settings = new World().statusCheckSettings;

    @Test
    void confirms_that_one_broken_connection_left_unknown_are_not_asked_about_at_once() {
        Random random = new Random(1);
        List<Duration> pauses =
                Stream.generate(() -> settings.firstPause(random)).limit(1_000).toList();

        assertThat(pauses).allMatch(pause -> pause.toMillis() >= 1_000 && pause.toMillis() <= 2_000);
        for (int millis = 1_000; millis < 2_000; millis += 250) {
            Duration from = Duration.ofMillis(millis);
            assertThat(pauses)
                    .as("first pauses from %s, of 1,000", from)
                    .filteredOn(pause -> pause.compareTo(from) >= 0 && pause.compareTo(from.plusMillis(250)) < 0)
                    .hasSizeBetween(190, 310);
        }
    }
}
