package dev.wonflow.subscription.subscription;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
}
