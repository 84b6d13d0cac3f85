package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.Sizeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class PatientQueueTest {

    private final List<Duration> rests = new ArrayList<>();
    private long now;
    private final PatientQueue<Event> queue = new PatientQueue<>(() -> now, nanos -> {
        rests.add(Duration.ofNanos(nanos));
        now += nanos;
    });

    @Test
    void keepsTheOrder() {
        queue.enqueue(new Event(1));
        queue.enqueue(new Event(2));

        assertThat(queue.size()).isEqualTo(2);
        assertThat(List.of(queue.poll(), queue.poll())).containsExactly(new Event(1), new Event(2));
        assertThat(queue.poll()).isNull();
    }

    @Test
    void restsWhoeverAsksAgainAndAgainWhetherSomethingCame() {
        for (int question = 0; question < 1_000; question++) {
            assertThat(queue.size()).isZero();
            now += 1_000;
        }

        assertThat(rests).hasSize(998);
    }

    @Test
    void answersAtOnceWhoeverWaitsBetweenItsQuestions() {
        for (int poll = 0; poll < 100; poll++) {
            queue.size();
            queue.size();
            now += Duration.ofMillis(1).toNanos();
        }

        assertThat(rests).isEmpty();
    }

    @Test
    void neverHoldsUpTheWriter() {
        queue.enqueue(new Event(1));
        queue.poll();

        for (int question = 0; question < 100; question++) {
            queue.size();
        }

        assertThat(rests).isEmpty();
    }

    @Test
    void theEngineFindsItByName() {
        assertThat(ServiceLoader.load(QueueProvider.class))
                .anySatisfy(provider -> assertThat(provider.name()).isEqualTo(PatientQueue.NAME));
    }

    private record Event(int number) implements Sizeable {

        @Override
        public long objectSize() {
            return 1;
        }
    }
}
