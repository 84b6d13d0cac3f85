package dev.wonflow.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.util.backoff.BackOffExecution;

class BlockedPartitionsTest {

    private static final TopicPartition PARTITION = new TopicPartition("order.events", 2);
    private static final GroupPartition PLACE = new GroupPartition("orders", PARTITION);

    private final MutableClock clock = new MutableClock();
    private final BlockedPartitions blockedPartitions = new BlockedPartitions(
            new InboxProperties(
                    Duration.ofDays(45),
                    Duration.ofHours(1),
                    5_000,
                    3,
                    Duration.ofMillis(200),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(15)),
            clock);

    @Test
    void unexpected_failure_is_retried_with_growing_delays_and_then_given_up() {
        assertThat(delays(5, Fault.UNEXPECTED))
                .containsExactly(200L, 400L, 800L, BackOffExecution.STOP, BackOffExecution.STOP);
    }

    @Test
    void unreadable_message_is_not_retried() {
        assertThat(delays(1, Fault.UNREADABLE)).containsExactly(BackOffExecution.STOP);
    }

    @Test
    void fault_of_the_surroundings_is_retried_without_end_and_never_slower_than_the_cap() {
        assertThat(delays(10_000, Fault.SURROUNDINGS))
                .startsWith(200L, 400L, 800L, 1_600L)
                .endsWith(30_000L)
                .doesNotContain(BackOffExecution.STOP)
                .allSatisfy(delay -> assertThat(delay).isBetween(200L, 30_000L));
    }

    @Test
    void time_without_a_database_does_not_use_up_the_attempts_of_a_message() {
        delays(50, Fault.SURROUNDINGS);

        assertThat(delays(4, Fault.UNEXPECTED)).containsExactly(200L, 400L, 800L, BackOffExecution.STOP);
    }

    @Test
    void faults_that_take_turns_still_end() {
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            delays.addAll(delays(1, Fault.UNEXPECTED));
            delays.addAll(delays(1, Fault.SURROUNDINGS));
        }

        assertThat(delays).containsOnlyOnce(BackOffExecution.STOP);
    }

    @Test
    void dead_letter_the_broker_refused_is_tried_again_after_a_wait_each_time_longer() {
        assertThat(delays(1, Fault.UNREADABLE)).containsExactly(BackOffExecution.STOP);
        blockedPartitions.refused(PLACE, 7, "too large");
        assertThat(delays(2, Fault.UNREADABLE)).containsExactly(200L, BackOffExecution.STOP);
        blockedPartitions.refused(PLACE, 7, "too large");
        assertThat(delays(2, Fault.UNREADABLE)).containsExactly(400L, BackOffExecution.STOP);
    }

    @Test
    void next_message_starts_with_a_full_count() {
        delays(3, Fault.UNEXPECTED);
        blockedPartitions.failed(PLACE, 8, Fault.UNEXPECTED);

        assertThat(blockedPartitions.nextDelayMillis(PLACE)).isEqualTo(200);
    }

    @Test
    void standstill_shows_after_the_limit_and_until_the_partition_goes_on() {
        delays(1, Fault.SURROUNDINGS);
        clock.advance(Duration.ofSeconds(19));
        delays(1, Fault.SURROUNDINGS);
        assertThat(blockedPartitions.beyondLimit()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        assertThat(blockedPartitions.beyondLimit()).hasValueSatisfying(at -> {
            assertThat(at.place()).isEqualTo(PLACE);
            assertThat(at.offset()).isEqualTo(7);
        });

        blockedPartitions.passed(PLACE, 7);
        assertThat(blockedPartitions.beyondLimit()).isEmpty();
        assertThat(blockedPartitions.count()).isZero();
    }

    @Test
    void partition_that_went_to_another_consumer_is_forgotten_at_once() {
        delays(1, Fault.SURROUNDINGS);
        clock.advance(Duration.ofMinutes(1));
        assertThat(blockedPartitions.beyondLimit()).isPresent();

        blockedPartitions.forget(PLACE);

        assertThat(blockedPartitions.beyondLimit()).isEmpty();
        assertThat(blockedPartitions.count()).isZero();
    }

    @Test
    void groups_on_one_partition_stand_each_for_itself() {
        GroupPartition other = new GroupPartition("subscriptions", PARTITION);
        delays(3, Fault.UNEXPECTED);
        blockedPartitions.failed(other, 7, Fault.UNEXPECTED);

        assertThat(blockedPartitions.count()).isEqualTo(2);
        assertThat(blockedPartitions.nextDelayMillis(other)).isEqualTo(200);

        blockedPartitions.passed(other, 7);
        assertThat(blockedPartitions.count()).isEqualTo(1);
        assertThat(delays(1, Fault.UNEXPECTED)).containsExactly(BackOffExecution.STOP);
    }

    @Test
    void dead_letter_that_arrives_late_does_not_end_the_standstill_at_a_later_message() {
        blockedPartitions.failed(PLACE, 8, Fault.SURROUNDINGS);

        blockedPartitions.passed(PLACE, 7);

        assertThat(blockedPartitions.count()).isEqualTo(1);
    }

    private List<Long> delays(int attempts, Fault fault) {
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            blockedPartitions.failed(PLACE, 7, fault);
            delays.add(blockedPartitions.nextDelayMillis(PLACE));
        }
        return delays;
    }
}
