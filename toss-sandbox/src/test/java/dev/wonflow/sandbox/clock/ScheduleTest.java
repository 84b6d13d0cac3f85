package dev.wonflow.sandbox.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

    private final SandboxClock clock = new SandboxClock(Clock.fixed(NOON, ZoneOffset.UTC));
    private final Schedule schedule = new Schedule(clock);
    private final List<String> happened = new ArrayList<>();

    @Test
    void only_what_is_due_is_run() {
        at(Duration.ZERO, "now");
        at(Duration.ofMinutes(1), "later");

        schedule.runDue();

        assertThat(happened).containsExactly("now @ PT0S");
    }

    @Test
    void a_moved_clock_runs_each_task_in_its_own_time_and_what_it_leads_to() {
        at(Duration.ofMinutes(9), "last");
        schedule.at(NOON.plus(Duration.ofMinutes(2)), () -> {
            note("first");
            at(Duration.ofMinutes(5), "led to");
            return CompletableFuture.completedStage(null);
        });

        Instant now = schedule.advance(Duration.ofMinutes(10));

        assertThat(happened).containsExactly("first @ PT2M", "led to @ PT5M", "last @ PT9M");
        assertThat(now).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
    }

    @Test
    void a_moved_clock_waits_for_what_a_task_started() {
        schedule.at(
                NOON.plus(Duration.ofMinutes(1)),
                () -> CompletableFuture.runAsync(
                        () -> note("ended"), CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)));

        schedule.advance(Duration.ofHours(1));

        assertThat(happened).containsExactly("ended @ PT1M");
    }

    @Test
    void a_task_that_fails_stops_no_other() {
        schedule.at(NOON, () -> {
            throw new IllegalStateException("on purpose");
        });
        schedule.at(NOON, () -> CompletableFuture.failedFuture(new IllegalStateException("on purpose")));
        at(Duration.ofSeconds(1), "after");

        schedule.advance(Duration.ofSeconds(1));

        assertThat(happened).containsExactly("after @ PT1S");
    }

    @Test
    void the_driver_runs_what_is_due_without_being_asked() throws InterruptedException {
        Schedule driven = new Schedule(new SandboxClock(Clock.tick(clock, Duration.ofNanos(1))));
        CountDownLatch ran = new CountDownLatch(1);
        driven.start();
        try {
            driven.at(NOON, () -> {
                ran.countDown();
                return CompletableFuture.completedStage(null);
            });
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            driven.stop();
        }
        assertThat(driven.isRunning()).isFalse();
    }

    @Test
    void an_error_of_one_task_stops_no_other() {
        schedule.at(NOON, () -> {
            throw new AssertionError("on purpose");
        });
        at(Duration.ZERO, "after");

        schedule.runDue();

        assertThat(happened).containsExactly("after @ PT0S");
    }

    /** Each of them would be waited for; together that would be minutes. */
    @Test
    void what_hangs_does_not_hold_the_time_for_ever() {
        Schedule impatient = new Schedule(clock, Duration.ofMillis(200));
        for (int i = 1; i <= 20; i++) {
            impatient.at(NOON.plus(Duration.ofMinutes(i)), CompletableFuture::new);
        }
        long begin = System.nanoTime();

        Instant now = impatient.advance(Duration.ofHours(1));

        assertThat(now).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void tasks_of_the_same_instant_run_in_the_order_they_came() {
        for (int i = 0; i < 20; i++) {
            at(Duration.ofMinutes(1), "task " + i);
        }

        schedule.advance(Duration.ofMinutes(1));

        assertThat(happened)
                .isEqualTo(IntStream.range(0, 20)
                        .mapToObj(i -> "task " + i + " @ PT1M")
                        .toList());
    }

    @Test
    void what_nobody_wants_any_more_does_not_wait_for_days() {
        AtomicInteger run = new AtomicInteger();
        Schedule.Task task = () -> {
            run.incrementAndGet();
            return CompletableFuture.completedStage(null);
        };
        for (int i = 0; i < 100_000; i++) {
            boolean wanted = i % 100 == 0;
            schedule.at(NOON.plus(Duration.ofDays(3)), task, () -> wanted);
        }

        assertThat(schedule.size()).isLessThan(20_000);
        schedule.advance(Duration.ofDays(3));
        assertThat(run.get()).isBetween(1_000, 20_000);
    }

    @Test
    void time_never_runs_backwards() {
        schedule.advance(Duration.ofHours(1));
        clock.moveTo(NOON);

        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(clock.withZone(ZoneOffset.UTC).instant()).isEqualTo(clock.instant());
    }

    @Test
    void tasks_may_be_added_from_any_thread() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                threads.execute(() -> schedule.at(NOON, () -> {
                    ran.countDown();
                    return CompletableFuture.completedStage(null);
                }));
            }
        }
        schedule.runDue();

        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private void at(Duration after, String what) {
        schedule.at(NOON.plus(after), () -> {
            note(what);
            return CompletableFuture.completedStage(null);
        });
    }

    private void note(String what) {
        happened.add(what + " @ " + Duration.between(NOON, clock.instant()));
    }
}
