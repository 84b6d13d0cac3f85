package dev.wonflow.inbox;

import static dev.wonflow.inbox.RestingConsumer.FETCH_WAIT;
import static dev.wonflow.inbox.RestingConsumer.SHORT_POLL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.testsupport.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class RestingConsumerTest {

    private static final TopicPartition PARTITION = new TopicPartition("order.events", 1);
    /** For what a busy machine takes between two lines. */
    private static final Duration TOLERANCE = Duration.ofMillis(50);

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final MutableClock clock = new MutableClock();
    private final Lanes lanes = new Lanes(
            new BlockedPartitions(
                    new InboxProperties(
                            Duration.ofDays(45),
                            Duration.ofHours(1),
                            5_000,
                            3,
                            Duration.ofMillis(200),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(15)),
                    clock),
            new DeadLetters(
                    new LetterProducer(
                            () -> new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()),
                            Duration.ZERO),
                    _ -> OptionalInt.empty(),
                    Runnable::run,
                    new SimpleMeterRegistry(),
                    clock),
            new LetterBudget(1 << 20),
            Duration.ZERO);
    private final AnsweringConsumer kafka = new AnsweringConsumer();
    private final Consumer<byte[], byte[]> consumer = RestingConsumer.of(kafka, lanes);

    @Test
    void poll_in_which_no_answer_can_come_is_long() {
        rest();

        assertThat(kafka.polls.getLast()).isBetween(SHORT_POLL, FETCH_WAIT);
    }

    @Test
    void polls_in_which_an_answer_comes_are_short_whichever_broker_it_is_of() {
        kafka.brokers.add(System.nanoTime() - FETCH_WAIT.toNanos() / 2);
        kafka.brokers.add(System.nanoTime() - FETCH_WAIT.toNanos() / 3);
        rest();

        Awaitility.await("twenty answers")
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    consumer.poll(LONGEST);
                    return kafka.answers >= 20;
                });
        // One that looks only at the answer before sleeps through most; a busy machine may add one or two.
        assertThat(kafka.sleptThroughAnswers).isLessThan(3);
    }

    @Test
    void polls_are_short_until_every_broker_has_answered_once() {
        long start = System.nanoTime();
        rest();

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(FETCH_WAIT.toNanos());
    }

    @Test
    void polls_after_messages_are_short() {
        rest();
        kafka.addRecord(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), 0, null, null));
        assertThat(consumer.poll(LONGEST).count()).isEqualTo(1);

        consumer.poll(LONGEST);

        assertThat(kafka.polls.getLast()).isEqualTo(SHORT_POLL);
    }

    @Test
    void polls_are_short_while_a_partition_waits() {
        lanes.failed(
                new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), 0, null, null),
                new QueryTimeoutException("database away"),
                consumer);

        Awaitility.await("some answers")
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    consumer.poll(LONGEST);
                    return kafka.answers >= 4;
                });
        assertThat(kafka.polls).containsOnly(SHORT_POLL);
    }

    @Test
    void no_poll_is_longer_than_the_listener_wants() {
        Duration wanted = SHORT_POLL.plusMillis(1);

        Awaitility.await("rest")
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    consumer.poll(wanted);
                    return kafka.polls.getLast().equals(wanted);
                });
        consumer.poll(Duration.ofMillis(10));

        assertThat(kafka.polls.getLast()).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void what_kafkas_client_throws_reaches_the_listener_as_it_is() {
        KafkaException thrown = new KafkaException("not read");
        kafka.setPollException(thrown);
        assertThatThrownBy(() -> consumer.poll(LONGEST)).isSameAs(thrown);

        kafka.close();
        assertThatThrownBy(consumer::commitSync).isInstanceOf(IllegalStateException.class);
    }

    private void rest() {
        Awaitility.await("rest")
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    consumer.poll(LONGEST);
                    return kafka.polls.getLast().compareTo(SHORT_POLL) > 0;
                });
    }

    /** One whose brokers answer that they have nothing, as often as they may. No poll takes any time. */
    private static final class AnsweringConsumer extends MockConsumer<byte[], byte[]> {

        private final List<Duration> polls = new ArrayList<>();
        /** When each was asked last. */
        private final List<Long> brokers = new ArrayList<>(List.of(System.nanoTime()));

        private int answers;
        private int sleptThroughAnswers;

        AnsweringConsumer() {
            super("earliest");
            assign(List.of(PARTITION));
            updateBeginningOffsets(Map.of(PARTITION, 0L));
        }

        @Override
        @SuppressWarnings("removal") // The client makes them otherwise, and a test has no client.
        public ConsumerGroupMetadata groupMetadata() {
            return new ConsumerGroupMetadata("orders");
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            long now = System.nanoTime();
            polls.add(timeout);
            for (ListIterator<Long> broker = brokers.listIterator(); broker.hasNext(); ) {
                long untilAnswer = broker.next() + FETCH_WAIT.toNanos() - now;
                if (untilAnswer <= 0) {
                    broker.set(now);
                    answers++;
                } else if (timeout.compareTo(SHORT_POLL) > 0
                        && untilAnswer < timeout.minus(TOLERANCE).toNanos()) {
                    sleptThroughAnswers++;
                }
            }
            return super.poll(timeout);
        }

        @Override
        public synchronized Map<MetricName, ? extends Metric> metrics() {
            MetricName name = new MetricName("fetch-total", "consumer-fetch-manager-metrics", "", Map.of());
            return Map.of(name, new Metric() {

                @Override
                public MetricName metricName() {
                    return name;
                }

                @Override
                public Object metricValue() {
                    return (double) answers;
                }
            });
        }
    }
}
