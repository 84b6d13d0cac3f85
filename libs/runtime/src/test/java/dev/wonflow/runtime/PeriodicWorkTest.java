package dev.wonflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class PeriodicWorkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(10);

    private final AtomicLong now = new AtomicLong();
    private final LastSuccess lastSuccess = new LastSuccess(Duration.ofMinutes(1), now::get);

    @Test
    void only_a_success_makes_it_fresh() {
        pass(60);
        assertThat(lastSuccess.trouble()).isEmpty();
        lastSuccess.failed(new IllegalStateException("no such table"));
        pass(1);

        assertThat(lastSuccess.trouble())
                .hasValue("no success for PT1M1S: java.lang.IllegalStateException: no such table");

        lastSuccess.succeeded();
        assertThat(lastSuccess.trouble()).isEmpty();
        pass(61);
        assertThat(lastSuccess.trouble()).hasValue("no success for PT1M1S: no run has ended since");
    }

    @Test
    void failed_run_is_followed_by_the_next() {
        AtomicInteger runs = new AtomicInteger();
        PeriodicWork work = new PeriodicWork("test", SOON, SOON, () -> {
            if (runs.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
        });
        work.start();

        await().atMost(PATIENCE).until(() -> runs.get() > 5);

        work.stop();
        assertThat(work.isRunning()).isFalse();
        assertThat(work.trouble()).isEmpty();
    }

    @Test
    void first_run_can_be_part_of_the_start() {
        AtomicInteger runs = new AtomicInteger();
        PeriodicWork work = new PeriodicWork("test", Duration.ZERO, Duration.ofHours(1), 7, runs::incrementAndGet);

        work.start();

        assertThat(runs).hasValue(1);
        assertThat(work.getPhase()).isEqualTo(7);
        work.stop();
    }

    @Test
    void stop_ends_a_run_under_way_and_a_second_start_runs_again() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(2);
        AtomicInteger ended = new AtomicInteger();
        PeriodicWork work = new PeriodicWork("test", SOON, SOON, () -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                ended.incrementAndGet();
            }
        });
        work.start();
        await().atMost(PATIENCE).until(() -> running.getCount() == 1);

        work.stop();
        await().atMost(PATIENCE).until(() -> ended.get() == 1);
        work.start();

        await().atMost(PATIENCE).until(() -> running.getCount() == 0);
        work.stop();
    }

    @Test
    void health_names_what_fails_and_its_failure() {
        PeriodicWork good = new PeriodicWork("good", SOON, SOON, () -> {});
        PeriodicWork bad = new PeriodicWork(
                "bad",
                Duration.ZERO,
                Duration.ofHours(1),
                0,
                () -> {
                    throw new IllegalStateException("no such table");
                },
                lastSuccess);
        bad.start();
        bad.stop();
        pass(61);

        Health health = new PeriodicWorkHealthIndicator(List.of(good, bad)).health();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("good")).asString().startsWith("succeeded ");
        assertThat(health.getDetails().get("bad")).asString().contains("no such table");
        assertThat(new PeriodicWorkHealthIndicator(List.of(good)).health().getStatus())
                .isEqualTo(Status.UP);
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
