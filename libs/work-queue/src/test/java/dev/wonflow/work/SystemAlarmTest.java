package dev.wonflow.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemAlarmTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofMillis(200);

    private final SystemAlarm alarm = new SystemAlarm();
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final Thread sleeper = Thread.ofVirtual().unstarted(() -> sleep(Duration.ZERO, HOUR));

    @AfterEach
    void endSleep() {
        sleeper.interrupt();
    }

    @Test
    void what_is_set_wakes_the_sleeper() throws InterruptedException {
        sleeper.start();
        awaitSleep();

        alarm.set(Duration.ZERO);

        assertThat(sleeper.join(Duration.ofSeconds(20))).isTrue();
        assertThat(interrupted).isFalse();
    }

    @Test
    void what_is_set_sooner_wakes_a_sleeper_that_was_to_sleep_longer() throws InterruptedException {
        alarm.set(Duration.ofMinutes(30));
        sleeper.start();
        awaitSleep();

        alarm.set(MOMENT);

        assertThat(sleeper.join(Duration.ofSeconds(20))).isTrue();
        assertThat(interrupted).isFalse();
    }

    @Test
    void what_was_set_before_the_sleep_counts() {
        alarm.set(Duration.ofDays(-30));

        assertThat(sleep(Duration.ZERO, HOUR)).isLessThan(HOUR);
    }

    @Test
    void nobody_sleeps_shorter_than_wanted() {
        alarm.set(Duration.ZERO);

        assertThat(sleep(MOMENT, HOUR)).isGreaterThanOrEqualTo(MOMENT);
    }

    @Test
    void nobody_sleeps_much_longer_than_wanted() {
        alarm.set(HOUR);
        alarm.set(Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(sleep(Duration.ZERO, MOMENT)).isBetween(MOMENT, Duration.ofMinutes(30));
    }

    @Test
    void alarm_wakes_once() {
        alarm.set(Duration.ZERO);
        var _ = sleep(Duration.ZERO, HOUR);

        assertThat(sleep(Duration.ZERO, MOMENT)).isGreaterThanOrEqualTo(MOMENT);
    }

    private void awaitSleep() {
        Awaitility.await("sleep").until(() -> sleeper.getState() == Thread.State.TIMED_WAITING);
    }

    private Duration sleep(Duration shortest, Duration longest) {
        long start = System.nanoTime();
        try {
            alarm.await(shortest, longest);
        } catch (InterruptedException _) {
            interrupted.set(true);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
