package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.relay.RelayStand.Event;
import dev.wonflow.relay.RelayStand.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While nothing happens the relay costs next to nothing, and none of its promises waits for that. */
class RelayAtRestIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** As a service has it; the stand's tests beat faster. */
    private static final String[] AS_SHIPPED = {
        "wonflow.relay.heartbeat-interval=3s", "wonflow.relay.heartbeat-age-limit=12s"
    };

    private final RelayStand stand = new RelayStand();

    @AfterEach
    void close() {
        stand.close();
    }

    /** Processor time, not time: what else the machine does changes nothing. */
    @Test
    void at_rest_the_relay_uses_next_to_no_processor() throws Exception {
        Service service = startActive(AS_SHIPPED);
        List<UUID> ids = new ArrayList<>();
        for (long i = 0; i < 100; i += 2) {
            ids.addAll(stand.append(new Event("warm-up", i), new Event("warm-up", i + 1)));
        }
        await().atMost(LIMIT).until(() -> new HashSet<>(stand.publishedIds()).equals(new HashSet<>(ids)));
        assertThat(service.role()).isEqualTo(RelayStatus.Role.ACTIVE);

        RelayThreads.Use use = RelayThreads.useDuring(Duration.ofSeconds(15));

        assertThat(use.threads()).as("engine, heartbeat and producer were seen").isGreaterThanOrEqualTo(5);
        assertThat(use.share()).as("share of one processor: %s", use).isLessThan(0.03);
    }

    /** Rests last long here, and nothing else wakes anybody: a wake-up that is lost costs most of a rest. */
    @Test
    void after_every_rest_an_event_is_through_at_once_and_no_wake_up_is_lost() throws Exception {
        startActive(
                "wonflow.relay.confirm-interval=10s",
                "wonflow.relay.heartbeat-interval=10s",
                "wonflow.relay.heartbeat-age-limit=60s",
                "wonflow.relay.stop-timeout=1s");
        Random random = new Random(20_260_105);
        try (Arrivals arrivals = new Arrivals(stand)) {
            stand.append(new Event("warm-up", 1));
            arrivals.awaitCount(1, LIMIT);
            for (int round = 1; round <= 100; round++) {
                Duration rest = Duration.ofMillis(random.nextInt(120));
                await().pollDelay(rest).until(() -> true);
                long committed = System.nanoTime();
                stand.append(new Event("k", round));
                long arrived = arrivals.awaitCount(round + 1, LIMIT);

                assertThat(Duration.ofNanos(arrived - committed))
                        .as("event %d, after a rest of %s", round, rest)
                        .isLessThan(Duration.ofSeconds(4));
            }
        }
    }

    @Test
    void at_rest_the_slot_is_confirmed_and_health_stays_up() throws Exception {
        Service service = startActive();
        List<UUID> ids = stand.append(new Event("a", 1));
        await().atMost(LIMIT).until(() -> stand.publishedIds().equals(ids));
        for (int i = 0; i < 3; i++) {
            String position = stand.query("SELECT pg_current_wal_lsn()");
            await().atMost(LIMIT)
                    .until(() -> stand.query("SELECT confirmed_flush_lsn >= '" + position
                                    + "' FROM pg_replication_slots WHERE slot_name = '" + stand.slot + "'")
                            .equals("t"));
        }

        assertThat(service.health().getStatus().getCode()).isEqualTo("UP");
        assertThat(service.status().restarts).hasValue(0);
    }

    private Service startActive(String... properties) {
        Service service = stand.startService(properties);
        await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);
        return service;
    }
}
