package dev.wonflow.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.testsupport.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

class LanesTest {

    private static final TopicPartition ONE = new TopicPartition("order.events", 1);
    private static final TopicPartition TWO = new TopicPartition("order.events", 2);

    private static final int BUDGET = 20_000;

    private final UnreadableMessage unreadable = new UnreadableMessage("not JSON");
    private final InboxProperties properties = new InboxProperties(
            Duration.ofDays(45),
            Duration.ofHours(1),
            5_000,
            3,
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(15));
    private final MutableClock clock = new MutableClock();
    private final BlockedPartitions blockedPartitions = new BlockedPartitions(properties, clock);
    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Lanes lanes = lanes(Duration.ZERO);
    private final AtomicInteger wakeups = new AtomicInteger();
    private final MockConsumer<byte[], byte[]> consumer = consumer("orders");

    @Test
    void offset_is_committed_only_as_far_as_dead_letters_have_arrived() {
        lanes.passed(message(ONE, 0), consumer);
        lanes.failed(message(ONE, 1), unreadable, consumer);
        lanes.passed(message(ONE, 2), consumer);

        lanes.tidy(consumer);
        assertThat(committed(ONE)).isEqualTo(1);

        broker.completeNext();
        lanes.tidy(consumer);
        assertThat(committed(ONE)).isEqualTo(3);
    }

    @Test
    void offsets_that_follow_a_commit_closely_wait_for_the_next_one() {
        Lanes patient = lanes(Duration.ofHours(1));
        patient.passed(message(ONE, 0), consumer);
        patient.tidy(consumer);
        assertThat(committed(ONE)).as("after a silence, at once").isEqualTo(1);

        patient.passed(message(ONE, 1), consumer);
        patient.tidy(consumer);
        assertThat(committed(ONE)).isEqualTo(1);
        assertThat(patient.areAtRest(consumer)).as("or nobody would come back").isFalse();

        patient.passed(message(TWO, 0), consumer);
        patient.tidy(consumer);
        assertThat(committed(ONE))
                .as("together with those of another partition")
                .isEqualTo(2);
        assertThat(committed(TWO)).isEqualTo(1);

        patient.passed(message(ONE, 2), consumer);
        patient.revoked(List.of(ONE), consumer);
        assertThat(committed(ONE))
                .as("before another consumer gets the partition")
                .isEqualTo(3);
    }

    @Test
    void message_behind_an_unreadable_one_is_handled_at_once() {
        lanes.failed(message(ONE, 1), unreadable, consumer);

        lanes.admit(message(ONE, 2), consumer);

        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void partition_that_waits_is_put_back_alone() {
        lanes.failed(message(ONE, 5), new QueryTimeoutException("database away"), consumer);

        assertThat(consumer.paused()).containsExactly(ONE);
        assertThat(consumer.position(ONE)).isEqualTo(5);
        assertThatThrownBy(() -> lanes.admit(message(ONE, 6), consumer)).isInstanceOf(Lanes.HeldBack.class);
        lanes.admit(message(TWO, 6), consumer);
        lanes.passed(message(TWO, 6), consumer);
        lanes.tidy(consumer);
        assertThat(committed(TWO)).isEqualTo(7);
        assertThat(committed(ONE)).isZero();
    }

    @Test
    void message_held_back_is_no_failed_attempt() {
        lanes.failed(message(ONE, 6), new Lanes.HeldBack(), consumer);

        assertThat(blockedPartitions.count()).isZero();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void partition_someone_else_lets_run_on_is_put_back_and_loses_no_message() {
        lanes.failed(message(ONE, 5), new QueryTimeoutException("database away"), consumer);
        runOn(ONE, 8);

        lanes.failed(message(ONE, 5), new Lanes.HeldBack(), consumer);

        assertThat(consumer.paused()).containsExactly(ONE);
        assertThat(consumer.position(ONE)).isEqualTo(5);
    }

    @Test
    void partition_someone_else_has_let_run_on_and_paused_again_is_put_back() {
        lanes.failed(message(ONE, 5), new QueryTimeoutException("database away"), consumer);
        runOn(ONE, 8);
        consumer.pause(List.of(ONE));

        lanes.failed(message(ONE, 5), new Lanes.HeldBack(), consumer);

        assertThat(consumer.paused()).containsExactly(ONE);
        assertThat(consumer.position(ONE)).isEqualTo(5);
    }

    @Test
    void partition_that_went_meanwhile_is_not_put_back() {
        lanes.failed(message(ONE, 5), new QueryTimeoutException("database away"), consumer);
        consumer.assign(List.of(TWO));

        assertThatCode(() -> lanes.failed(message(ONE, 6), new Lanes.HeldBack(), consumer))
                .doesNotThrowAnyException();
    }

    @Test
    void header_without_a_value_does_not_stop_the_consumer() {
        ConsumerRecord<byte[], byte[]> message = message(ONE, 5);
        message.headers().add(DeadLetterHeaders.TRUNCATED, null);
        lanes.failed(message, unreadable, consumer);
        broker.completeNext();

        lanes.tidy(consumer);

        assertThat(committed(ONE)).isEqualTo(6);
    }

    @Test
    void partition_that_comes_starts_afresh() {
        lanes.failed(message(ONE, 5), new QueryTimeoutException("database away"), consumer);

        ((ConsumerAwareRebalanceListener) InboxAutoConfiguration.rebalanceListener(lanes))
                .onPartitionsAssigned(consumer, List.of(ONE));

        lanes.admit(message(ONE, 3), consumer);
        assertThat(blockedPartitions.count()).isZero();
    }

    @Test
    void stop_of_the_listener_does_not_keep_offsets_from_being_committed() {
        lanes.passed(message(ONE, 5), consumer);
        wakeups.set(1);
        lanes.tidy(consumer);
        assertThat(committed(ONE)).isEqualTo(6);

        lanes.passed(message(ONE, 6), consumer);
        wakeups.set(1);
        lanes.revoked(List.of(ONE), consumer);
        assertThat(committed(ONE)).isEqualTo(7);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void stop_of_the_listener_is_no_error(CapturedOutput output) {
        new LaneErrorHandler(lanes)
                .handleOtherException(
                        new WakeupException(),
                        consumer,
                        new KafkaMessageListenerContainer<>(
                                new DefaultKafkaConsumerFactory<>(Map.of()), new ContainerProperties("order.events")),
                        false);

        assertThat(output).doesNotContain("could not read");
    }

    @Test
    void refused_letter_brings_its_message_back_and_no_later_letter_is_sent() {
        lanes.failed(message(ONE, 5), unreadable, consumer);
        lanes.passed(message(ONE, 6), consumer);
        broker.errorNext(new TopicAuthorizationException("not allowed"));
        lanes.failed(message(ONE, 7), unreadable, consumer);

        lanes.tidy(consumer);

        assertThat(broker.history()).hasSize(1);
        assertThat(consumer.position(ONE)).isEqualTo(5);
        assertThat(consumer.paused()).containsExactly(ONE);
        assertThat(committed(ONE)).isEqualTo(5);
        clock.advance(Duration.ofSeconds(20));
        assertThat(blockedPartitions.beyondLimit()).hasValueSatisfying(at -> {
            assertThat(at.offset()).isEqualTo(5);
            assertThat(at.refusal()).isEqualTo("not allowed");
        });
    }

    @Test
    void partition_with_a_refused_letter_does_not_run_ahead_of_the_next_attempt() {
        lanes.failed(message(ONE, 5), unreadable, consumer);
        broker.errorNext(new TopicAuthorizationException("not allowed"));
        lanes.tidy(consumer);
        release(ONE);
        lanes.failed(message(ONE, 5), unreadable, consumer);

        assertThat(consumer.paused()).containsExactly(ONE);
        assertThat(consumer.position(ONE)).isEqualTo(6);
        broker.completeNext();
        lanes.tidy(consumer);
        assertThat(consumer.paused()).isEmpty();
        assertThat(blockedPartitions.count()).isZero();
        assertThat(committed(ONE)).isEqualTo(6);
    }

    @Test
    void partition_that_is_taken_away_is_committed_and_forgotten() {
        lanes.failed(message(ONE, 5), unreadable, consumer);
        broker.completeNext();
        lanes.failed(message(TWO, 8), new QueryTimeoutException("database away"), consumer);
        assertThat(blockedPartitions.count()).isEqualTo(2);

        lanes.revoked(List.of(ONE, TWO), consumer);

        assertThat(committed(ONE)).isEqualTo(6);
        assertThat(blockedPartitions.count()).isZero();
    }

    @Test
    void partition_that_was_lost_is_forgotten_without_a_commit() {
        lanes.passed(message(ONE, 5), consumer);
        lanes.failed(message(ONE, 6), new QueryTimeoutException("database away"), consumer);

        lanes.lost(List.of(ONE), consumer);

        assertThat(committed(ONE)).isZero();
        assertThat(blockedPartitions.count()).isZero();
    }

    @Test
    void groups_on_one_topic_do_not_disturb_each_other() {
        MockConsumer<byte[], byte[]> other = consumer("subscriptions");
        lanes.failed(message(ONE, 5), new QueryTimeoutException("database away"), consumer);

        lanes.admit(message(ONE, 5), other);
        lanes.passed(message(ONE, 5), other);

        assertThat(blockedPartitions.count()).isEqualTo(1);
        assertThatThrownBy(() -> lanes.admit(message(ONE, 6), consumer)).isInstanceOf(Lanes.HeldBack.class);
    }

    @Test
    void consumer_is_at_rest_while_nothing_waits_and_all_is_committed() {
        assertThat(lanes.areAtRest(consumer)).isTrue();

        lanes.passed(message(ONE, 4), consumer);
        assertThat(lanes.areAtRest(consumer)).isFalse();

        lanes.tidy(consumer);
        assertThat(lanes.areAtRest(consumer)).isTrue();
    }

    @Test
    void consumer_is_not_at_rest_while_a_partition_waits_for_a_retry() {
        lanes.failed(message(ONE, 5), new QueryTimeoutException("database away"), consumer);
        lanes.tidy(consumer);
        assertThat(lanes.areAtRest(consumer)).isFalse();

        release(ONE);
        assertThat(lanes.areAtRest(consumer)).isTrue();
    }

    @Test
    void consumer_is_not_at_rest_while_a_dead_letter_is_on_its_way() {
        lanes.failed(message(ONE, 1), unreadable, consumer);
        lanes.tidy(consumer);
        assertThat(lanes.areAtRest(consumer)).isFalse();

        broker.completeNext();
        lanes.tidy(consumer);
        assertThat(lanes.areAtRest(consumer)).isTrue();
    }

    @Test
    void partitions_share_the_room_for_letters_on_their_way() {
        lanes.failed(message(ONE, 5, BUDGET), unreadable, consumer);

        lanes.failed(message(TWO, 8, 1), unreadable, consumer);
        lanes.tidy(consumer);

        assertThat(broker.history()).hasSize(1);
        assertThat(consumer.paused()).containsExactly(TWO);
        assertThat(consumer.position(TWO)).isEqualTo(8);
        broker.completeNext();
        lanes.tidy(consumer);
        assertThat(consumer.paused()).isEmpty();
        lanes.failed(message(TWO, 8, 1), unreadable, consumer);
        assertThat(broker.history()).hasSize(2);
    }

    @Test
    void letter_larger_than_all_the_room_gets_through_while_others_are_on_their_way() {
        lanes.failed(message(ONE, 5, 1), unreadable, consumer);

        lanes.failed(message(TWO, 8, 3 * BUDGET), unreadable, consumer);

        assertThat(broker.history()).hasSize(2);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void retry_does_not_wait_for_the_room_of_letters() {
        lanes.failed(message(TWO, 5), new QueryTimeoutException("database away"), consumer);

        lanes.failed(message(ONE, 5, BUDGET), unreadable, consumer);

        release(TWO);
        assertThat(broker.history()).hasSize(1);
    }

    @Test
    void refused_letters_give_their_room_back() {
        lanes.failed(message(ONE, 5, BUDGET), unreadable, consumer);
        broker.errorNext(new TopicAuthorizationException("not allowed"));

        lanes.failed(message(TWO, 8, 1), unreadable, consumer);

        assertThat(broker.history()).hasSize(2);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void room_for_letters_follows_the_heap() {
        assertThat(LetterBudget.ofHeap(192L << 20).limit()).isEqualTo(12L << 20);
        assertThat(LetterBudget.ofHeap(8L << 20).limit()).isEqualTo(1L << 20);
        assertThat(LetterBudget.ofHeap(8L << 30).limit()).isEqualTo(64L << 20);
    }

    @Test
    void message_that_came_too_early_is_held_without_end_and_is_never_a_dead_letter() {
        MessageTooEarly tooEarly = new MessageTooEarly("plan: not told of", new IllegalStateException());
        for (int i = 0; i < 100; i++) {
            lanes.failed(message(ONE, 5), tooEarly, consumer);
        }

        assertThat(broker.history()).isEmpty();
        assertThat(consumer.paused()).containsExactly(ONE);
        assertThat(consumer.position(ONE)).isEqualTo(5);
    }

    /** What Spring does to partitions it did not pause. */
    private void runOn(TopicPartition partition, long offset) {
        consumer.resume(List.of(partition));
        consumer.seek(partition, offset);
    }

    private void release(TopicPartition partition) {
        Awaitility.await("wait of " + partition).atMost(Duration.ofSeconds(30)).until(() -> {
            lanes.tidy(consumer);
            return isAdmitted(partition);
        });
    }

    private boolean isAdmitted(TopicPartition partition) {
        try {
            lanes.admit(message(partition, 5), consumer);
            return true;
        } catch (Lanes.HeldBack _) {
            return false;
        }
    }

    private long committed(TopicPartition partition) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.of(partition));
        OffsetAndMetadata offset = committed.get(partition);
        return offset == null ? 0 : offset.offset();
    }

    private Lanes lanes(Duration commitPause) {
        return new Lanes(
                blockedPartitions,
                new DeadLetters(
                        new LetterProducer(() -> broker, Duration.ZERO),
                        _ -> OptionalInt.empty(),
                        Runnable::run,
                        new SimpleMeterRegistry(),
                        clock),
                new LetterBudget(BUDGET),
                commitPause);
    }

    private MockConsumer<byte[], byte[]> consumer(String group) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {

            @Override
            @SuppressWarnings("removal") // The client makes them otherwise, and a test has no client.
            public ConsumerGroupMetadata groupMetadata() {
                return new ConsumerGroupMetadata(group);
            }

            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
                if (wakeups.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new WakeupException();
                }
                super.commitSync(offsets, timeout);
            }
        };
        consumer.assign(List.of(ONE, TWO));
        consumer.updateBeginningOffsets(Map.of(ONE, 0L, TWO, 0L));
        return consumer;
    }

    private static ConsumerRecord<byte[], byte[]> message(TopicPartition partition, long offset, int size) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, new byte[size]);
    }

    private static ConsumerRecord<byte[], byte[]> message(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null);
    }
}
