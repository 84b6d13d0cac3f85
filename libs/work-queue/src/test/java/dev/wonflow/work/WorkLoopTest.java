package dev.wonflow.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkLoopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int AT_ONCE = 20;
    private static final int AHEAD = 2;

    private final MutableClock clock = new MutableClock();
    private final Stones stones = new Stones();
    private final WorkLoop<Integer> loop = new WorkLoop<>(
            "stones",
            stones,
            new WorkLoop.Settings(
                    AT_ONCE, AHEAD, Duration.ofMillis(100), Duration.ofMinutes(10), Duration.ofSeconds(2)),
            clock,
            new SystemAlarm());

    @AfterEach
    void stop() {
        stones.heavy.countDown();
        loop.stop();
    }

    @Test
    void slow_items_leave_the_other_workers_their_work_although_few_are_claimed_ahead() {
        stones.lie(100);
        stones.heavyOnes = Set.copyOf(IntStream.range(0, 15).boxed().toList());

        loop.start();

        await().atMost(PATIENCE).until(() -> stones.moved.size() == 85);
    }

    @Test
    void errors_take_no_worker_away_and_are_trouble_until_one_item_is_done() {
        stones.stuck = new StackOverflowError("too deep");
        stones.lie(AT_ONCE + AHEAD);
        loop.start();
        await().atMost(PATIENCE).until(() -> stones.tried.get() == AT_ONCE + AHEAD);

        clock.advance(LIMIT.plusSeconds(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(loop.troubleLongerThan(LIMIT))
                        .get(STRING)
                        .contains("worked off since " + MutableClock.START, "too deep"));

        stones.stuck = null;
        stones.lie(1);
        await().atMost(PATIENCE).until(() -> stones.moved.size() == 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(loop.troubleLongerThan(LIMIT)).isEmpty());
    }

    @Test
    void interrupts_that_are_no_stop_take_no_worker_away() {
        stones.interrupting = true;
        stones.lie(AT_ONCE);
        loop.start();
        await().atMost(PATIENCE).until(() -> stones.moved.size() == AT_ONCE);

        stones.interrupting = false;
        stones.lie(1);

        await().atMost(PATIENCE).until(() -> stones.tried.get() == AT_ONCE + 1);
    }

    @Test
    void interrupted_look_is_followed_by_another_look() {
        stones.interruptingLooks = true;
        loop.start();
        await().atMost(PATIENCE).until(() -> stones.looks.get() > 0);
        stones.interruptingLooks = false;

        stones.lie(1);

        await().atMost(PATIENCE).until(() -> stones.moved.size() == 1);
    }

    @Test
    void error_in_a_look_is_followed_by_another_look() {
        stones.invisible = new NoClassDefFoundError("eyes");
        stones.lie(1);
        loop.start();
        await().atMost(PATIENCE).until(() -> stones.looks.get() > 1);
        clock.advance(LIMIT.plusSeconds(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(loop.troubleLongerThan(LIMIT))
                        .get(STRING)
                        .contains("looked for since " + MutableClock.START, "eyes"));

        stones.invisible = null;

        await().atMost(PATIENCE).until(() -> stones.moved.size() == 1);
    }

    /** Stones to be moved; some take long. */
    private static final class Stones implements WorkSource<Integer> {

        private final Queue<Integer> lying = new ConcurrentLinkedQueue<>();
        private final Set<Integer> moved = ConcurrentHashMap.newKeySet();
        private final CountDownLatch heavy = new CountDownLatch(1);
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicInteger tried = new AtomicInteger();
        private volatile Set<Integer> heavyOnes = Set.of();
        private volatile boolean interrupting;
        private volatile boolean interruptingLooks;
        private volatile @Nullable Error stuck;
        private volatile @Nullable Error invisible;

        private void lie(int count) {
            IntStream.range(0, count).forEach(lying::add);
        }

        @Override
        public WorkLook<Integer> look(int room) {
            looks.incrementAndGet();
            failWith(invisible);
            if (interruptingLooks) {
                Thread.currentThread().interrupt();
            }
            List<Integer> found = new ArrayList<>();
            while (found.size() < Math.min(room, AHEAD) && !lying.isEmpty()) {
                found.add(lying.remove());
            }
            return found.isEmpty() ? new WorkLook.Nothing<>(Duration.ofMillis(100)) : new WorkLook.Found<>(found);
        }

        @Override
        public void take(Integer stone) {
            tried.incrementAndGet();
            failWith(stuck);
            if (heavyOnes.contains(stone)) {
                awaitHelp();
            }
            moved.add(stone);
            if (interrupting) {
                Thread.currentThread().interrupt();
            }
        }

        private static void failWith(@Nullable Error error) {
            if (error != null) {
                throw error;
            }
        }

        private void awaitHelp() {
            try {
                assertThat(heavy.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void giveBack(List<Integer> stones) {
            lying.addAll(stones);
        }
    }
}
