package dev.wonflow.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicsPropertiesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void impossible_replication_is_refused_by_its_property_name() {
        assertThatThrownBy(() -> new TopicsProperties((short) 0, (short) 1, LIMIT, LIMIT))
                .hasMessage("wonflow.topics.replication-factor: 0 (expected: at least 1)");
        assertThatThrownBy(() -> new TopicsProperties((short) 1, (short) 2, LIMIT, LIMIT))
                .hasMessage("wonflow.topics.min-in-sync-replicas: 2 (expected: 1 to 1, the replication factor)");
        assertThatThrownBy(() -> new TopicsProperties((short) 1, (short) 1, Duration.ZERO, LIMIT))
                .hasMessageContaining("wonflow.topics.timeout: PT0S");
        assertThatThrownBy(() -> new TopicsProperties((short) 1, (short) 1, LIMIT, Duration.ZERO))
                .hasMessageContaining("wonflow.topics.check-interval: PT0S");
    }

    @Test
    void record_that_one_broker_alone_has_is_not_written_where_there_are_several() {
        assertThatThrownBy(() -> new TopicsProperties((short) 3, (short) 1, LIMIT, LIMIT))
                .hasMessageStartingWith("wonflow.topics.min-in-sync-replicas: 1 (expected: 2 to 3,");
    }

    @Test
    void demand_on_a_topic_follows_from_the_copies_it_has() {
        TopicsProperties laptop = new TopicsProperties((short) 1, (short) 1, LIMIT, LIMIT);
        TopicsProperties cluster = new TopicsProperties((short) 3, (short) 2, LIMIT, LIMIT);
        TopicsProperties careful = new TopicsProperties((short) 5, (short) 3, LIMIT, LIMIT);

        assertThat(laptop.demandedInSync(1)).isEqualTo(1);
        assertThat(laptop.demandedInSync(3)).isEqualTo(2);
        assertThat(cluster.demandedInSync(3)).isEqualTo(2);
        assertThat(careful.demandedInSync(5)).isEqualTo(3);
        assertThat(careful.demandedInSync(2)).isEqualTo(2);
    }
}
