package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestingQueueTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Rest rest = new Rest("queue-test", Duration.ofMillis(200), LONG, Rest.GATHER);
    private final RestingQueue queue = new RestingQueue();

    @BeforeEach
    void configure() {
        rest.announce();
        queue.configure(Map.of(RestingQueue.RUN, "queue-test"));
        rest.begin();
    }

    @AfterEach
    void forget() {
        rest.forget();
    }

    @Test
    void one_event_comes_out_as_it_went_in() {
        DataChangeEvent event = event(1);
        queue.enqueue(event);

        assertThat(queue.poll()).isSameAs(event);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void all_that_is_there_comes_out_at_once_in_order_and_with_the_offset_of_the_last() {
        for (int number = 1; number <= 5; number++) {
            queue.enqueue(event(number));
        }
        assertThat(queue.size()).isEqualTo(5);

        SourceRecord record = record(queue.poll());

        assertThat(numbers(record)).containsExactly(1, 2, 3, 4, 5);
        assertThat(record.sourceOffset()).isEqualTo(Map.of("number", 5));
        assertThat(queue.size()).isZero();
    }

    @Test
    void a_backlog_comes_out_in_several_bundles_and_whole() {
        int count = 5_000;
        for (int number = 0; number < count; number++) {
            queue.enqueue(event(number));
        }

        List<Integer> numbers = new ArrayList<>();
        int bundles = 0;
        for (DataChangeEvent next = queue.poll(); next != null; next = queue.poll()) {
            numbers.addAll(numbers(next.getRecord()));
            bundles++;
        }

        assertThat(numbers).hasSize(count).isSorted();
        assertThat(bundles).isEqualTo(3);
    }

    @Test
    void who_sends_does_not_rest_while_something_is_queued() {
        queue.enqueue(event(1));
        assertThat(rest.sleep(LONG.toNanos())).isFalse();

        queue.poll();
        rest.wakeSender();
        assertThat(rest.sleep(LONG.toNanos())).as("there is time").isTrue();
    }

    @Test
    void who_sends_takes_the_first_event_at_once_and_lets_the_next_ones_gather() {
        Duration gather = Duration.ofMillis(50);
        Rest slow = new Rest("queue-gather", Duration.ofMillis(200), LONG, gather);
        slow.announce();
        slow.begin();
        RestingQueue gathering = new RestingQueue();
        gathering.configure(Map.of(RestingQueue.RUN, "queue-gather"));

        gathering.enqueue(event(1));
        assertThat(slow.sleep(LONG.toNanos())).isFalse();
        gathering.poll();
        long taken = System.nanoTime();
        gathering.enqueue(event(2));
        slow.wakeSender();
        assertThat(slow.sleep(LONG.toNanos())).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - taken)).isBetween(gather.minusMillis(1), LIMIT);
        slow.forget();
    }

    @Test
    void who_sends_does_not_let_events_gather_when_the_run_ends() throws Exception {
        Rest endless = new Rest("queue-end", Duration.ofMillis(200), LONG, LONG);
        endless.announce();
        endless.begin();
        RestingQueue gathering = new RestingQueue();
        gathering.configure(Map.of(RestingQueue.RUN, "queue-end"));
        gathering.enqueue(event(1));
        gathering.poll();
        gathering.enqueue(event(2));
        Thread sender = Thread.ofPlatform().daemon().start(() -> endless.sleep(LONG.toNanos()));
        await().atMost(LIMIT).until(() -> sender.getState() == Thread.State.TIMED_WAITING);

        endless.end();

        assertThat(sender.join(LIMIT)).isTrue();
        endless.forget();
    }

    /** Each round the event comes just when the other thread falls asleep; a wake-up once lost would end the test. */
    @Test
    void no_wake_up_is_lost_however_close_it_comes_to_falling_asleep() throws Exception {
        int rounds = 20_000;
        AtomicInteger rests = new AtomicInteger();
        Semaphore taken = new Semaphore(0);
        Thread sender = Thread.ofPlatform().daemon().start(() -> {
            int count = 0;
            while (count < rounds) {
                DataChangeEvent event;
                synchronized (queue) {
                    event = queue.poll();
                }
                if (event != null) {
                    count++;
                    taken.release();
                }
                while (count < rounds && rest.sleep(LONG.toNanos())) {
                    rests.incrementAndGet();
                }
            }
        });
        for (int number = 0; number < rounds; number++) {
            synchronized (queue) {
                queue.enqueue(event(number));
            }
            assertThat(taken.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("event %d of %d", number, rounds)
                    .isTrue();
        }

        assertThat(sender.join(LIMIT)).isTrue();
        assertThat(rests.get()).as("it did fall asleep in between").isGreaterThan(100);
    }

    @Test
    void the_engine_finds_it_by_name() {
        assertThat(ServiceLoader.load(QueueProvider.class))
                .anySatisfy(provider -> assertThat(provider.name()).isEqualTo(RestingQueue.NAME));
    }

    private static DataChangeEvent event(int number) {
        return new DataChangeEvent(
                new SourceRecord(Map.of("slot", "s"), Map.of("number", number), "topic", null, number));
    }

    private static SourceRecord record(@Nullable DataChangeEvent event) {
        return Objects.requireNonNull(event).getRecord();
    }

    private static List<Integer> numbers(SourceRecord record) {
        return RestingQueue.unpack(record).stream()
                .map(one -> (Integer) one.value())
                .toList();
    }
}
