package dev.wonflow.topics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicsPropertiesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void impossible_replication_is_refused_by_its_property_name() {
        assertThatThrownBy(() -> new TopicsProperties((short) 0, (short) 1, LIMIT))
                .hasMessage("wonflow.topics.replication-factor: 0 (expected: at least 1)");
        assertThatThrownBy(() -> new TopicsProperties((short) 1, (short) 2, LIMIT))
                .hasMessage("wonflow.topics.min-in-sync-replicas: 2 (expected: 1 to 1, the replication factor)");
        assertThatThrownBy(() -> new TopicsProperties((short) 1, (short) 1, Duration.ZERO))
                .hasMessageContaining("wonflow.topics.timeout: PT0S");
    }
}
