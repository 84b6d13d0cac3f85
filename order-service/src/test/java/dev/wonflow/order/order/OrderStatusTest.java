package dev.wonflow.order.order;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OrderStatusTest {

    /** The picture of an order's life; any new arrow shows up as a difference here. */
    @Test
    void life_cycle_has_exactly_these_steps() {
        String lifeCycle = Arrays.stream(OrderStatus.values())
                .map(status -> status + " -> " + status.next())
                .collect(joining("\n", "", "\n"));

        assertThat(lifeCycle).isEqualTo("""
            PENDING -> [CONFIRMED, CANCELLED]
            CONFIRMED -> [ON_HOLD, SHIPPED, CANCELLED]
            ON_HOLD -> [CONFIRMED, CANCELLED]
            SHIPPED -> [CANCELLED]
            CANCELLED -> [ON_HOLD]
            """);
    }
}
