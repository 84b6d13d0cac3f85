package dev.wonflow.sandbox.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GateTest {

    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Gate gate = new Gate();

    @Test
    void nothing_is_done_while_a_call_is_under_way_and_others_go_on_afterwards() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            Future<?> hanging = threads.submit(() -> {
                gate.enter();
                entered.countDown();
                leave.await();
                gate.leave();
                return true;
            });
            entered.await();

            assertThat(gate.closed(MOMENT, () -> {})).isFalse();
            // It gave up, so nobody is kept out although that call still hangs.
            gate.enter();
            gate.leave();

            leave.countDown();
            hanging.get();
            assertThat(gate.closed(MOMENT, () -> {})).isTrue();
        }
    }

    @Test
    void no_call_begins_while_it_is_closed() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch closed = new CountDownLatch(1);
            CountDownLatch open = new CountDownLatch(1);
            Future<Boolean> closing = threads.submit(() -> gate.closed(LONG, () -> {
                closed.countDown();
                awaited(open);
                assertThat(calls).hasValue(0);
            }));
            closed.await();
            Future<?> call = threads.submit(() -> {
                gate.enter();
                calls.incrementAndGet();
                gate.leave();
            });
            assertThat(call.isDone()).isFalse();
            open.countDown();

            assertThat(closing.get()).isTrue();
            call.get();
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void a_call_that_waits_outside_keeps_nobody_and_learns_that_its_time_is_gone() throws Exception {
        CompletableFuture<Boolean> event = new CompletableFuture<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch entered = new CountDownLatch(1);
            Future<Boolean> waiting = threads.submit(() -> {
                gate.enter();
                entered.countDown();
                try {
                    return gate.waitOutside(event) || !gate.isOutOfTime();
                } finally {
                    gate.leave();
                }
            });
            entered.await();

            assertThat(gate.closed(LONG, gate::startEra)).isTrue();
            event.complete(true);

            assertThat(waiting.get(20, TimeUnit.SECONDS)).isFalse();
        }
        gate.enter();
        assertThat(gate.isOutOfTime()).isFalse();
        gate.leave();
    }

    @Test
    void a_call_waits_outside_of_books_that_stay() {
        gate.enter();
        assertThat(gate.waitOutside(CompletableFuture.completedFuture(true))).isTrue();
        assertThat(gate.closed(MOMENT, () -> {})).isFalse();
        gate.leave();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
