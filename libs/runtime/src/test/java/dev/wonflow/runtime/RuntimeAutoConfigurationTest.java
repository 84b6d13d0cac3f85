package dev.wonflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RuntimeAutoConfigurationTest {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

    private final IdSource ids = new RuntimeAutoConfiguration().idSource(Clock.fixed(NOON, ZoneId.of("Asia/Seoul")));

    @Test
    void ids_carry_the_injected_time_and_not_the_machines() {
        UUID id = ids.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void ids_of_one_millisecond_are_distinct_and_sorted() {
        List<String> minted = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            minted.add(ids.next().toString());
        }

        assertThat(minted).doesNotHaveDuplicates().isSorted();
    }
}
