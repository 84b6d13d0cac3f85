package dev.wonflow.subscription.subscription;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SubscriptionStatusTest {

    @Test
    void life_cycle_is_exactly_this_picture() {
        String picture = Arrays.stream(SubscriptionStatus.values())
                .map(status -> status + " -> " + status.next())
                .collect(joining("\n", "", "\n"));

        assertThat(picture).isEqualTo("""
            INCOMPLETE -> [ACTIVE, PAUSED, CANCELED, EXPIRED]
            TRIALING -> [TRIALING, ACTIVE, PAST_DUE, CANCELED, EXPIRED]
            ACTIVE -> [ACTIVE, PAST_DUE, PAUSED, CANCELED, EXPIRED]
            PAST_DUE -> [ACTIVE, RESTRICTED, SUSPENDED, CANCELED, EXPIRED]
            RESTRICTED -> [ACTIVE, SUSPENDED, CANCELED, EXPIRED]
            SUSPENDED -> [ACTIVE, CANCELED, EXPIRED]
            PAUSED -> [INCOMPLETE, ACTIVE, CANCELED]
            CANCELED -> [INCOMPLETE, ACTIVE]
            EXPIRED -> [INCOMPLETE, ACTIVE]
            """);
    }

    @Test
    void documentation_draws_and_prints_the_same_steps() throws IOException {
        assertThat(steps(Path.of("../docs/subscription-states.md"), "^ +(\\w+) --> (\\w+)$"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SubscriptionStatus.values())
                        .flatMap(from -> from.next().stream().map(to -> from + " -> " + to))
                        .toList());
        assertThat(Files.readString(Path.of("README.md")))
                .contains(Arrays.stream(SubscriptionStatus.values())
                        .map(status -> status + " -> " + status.next())
                        .collect(joining("\n")));
    }

    @Test
    void every_status_can_be_reached() {
        assertThat(Arrays.stream(SubscriptionStatus.values())
                        .flatMap(status -> status.next().stream())
                        .distinct())
                .containsExactlyInAnyOrder(SubscriptionStatus.values());
    }

    private static List<String> steps(Path file, String arrow) throws IOException {
        return Pattern.compile(arrow, Pattern.MULTILINE)
                .matcher(Files.readString(file))
                .results()
                .map(step -> step.group(1).toUpperCase(Locale.ROOT) + " -> "
                        + step.group(2).toUpperCase(Locale.ROOT))
                .toList();
    }
}
