package dev.wonflow.payment.statuscheck;

import dev.wonflow.payment.Alarm;
import dev.wonflow.payment.payment.StatusCheckProperties;
import dev.wonflow.payment.statuscheck.CheckPayments.Look;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Drives {@link CheckPayments} for as long as the service runs. Of its workers one looks for the next status check; as
 * soon as it has one, the next free worker looks. So a slow answer holds up one worker and nobody else. Whoever finds
 * nothing sleeps until the next status check becomes due, or the alarm tells of one that was planned since.
 */
@Service
public final class StatusCheckLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StatusCheckLoop.class);

    /** Most calls are over by then; what is cut short is repeated when its lease ends. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    /** Between two looks that found nothing, however many status checks are planned meanwhile. */
    private static final Duration SHORTEST_REST = Duration.ofMillis(50);

    /** Until what stood in the way is tried again. */
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

    private final CheckPayments checkPayments;
    private final StatusCheckProperties properties;
    private final Clock clock;
    private final Alarm alarm;
    private final ReentrantLock looking = new ReentrantLock();
    private final FailureStreak looks;
    private final FailureStreak answers;
    private volatile @Nullable Run current;
    private volatile Instant lastRunAt;

    StatusCheckLoop(CheckPayments checkPayments, StatusCheckProperties properties, Clock clock, Alarm alarm) {
        this.checkPayments = checkPayments;
        this.properties = properties;
        this.clock = clock;
        this.alarm = alarm;
        // What still fails is tried again within the longest delay; without a second failure by then it is over.
        this.looks = new FailureStreak(properties.maxDelay().multipliedBy(2));
        this.answers = new FailureStreak(properties.maxDelay().multipliedBy(2));
        this.lastRunAt = clock.instant();
    }

    /** When somebody last looked for the next status check, with or without success. */
    public Instant lastRunAt() {
        return lastRunAt;
    }

    /** What has been wrong for longer than {@code limit}: nobody looks, or all that is tried fails. */
    public Optional<String> troubleLongerThan(Duration limit) {
        Instant now = clock.instant();
        if (Duration.between(lastRunAt, now).compareTo(limit) > 0) {
            return Optional.of("no due status check has been looked for since " + lastRunAt);
        }
        return looks.longerThan(limit, now)
                .map(failing -> "status checks cannot be looked for since " + failing)
                .or(() -> answers.longerThan(limit, now)
                        .map(failing -> "no status check can be worked off since " + failing));
    }

    @Override
    public void start() {
        lastRunAt = clock.instant();
        Run next = new Run();
        current = next;
        for (int i = 0; i < properties.atOnce(); i++) {
            next.workers.execute(next::work);
        }
    }

    @Override
    public void stop() {
        Run running = current;
        current = null;
        if (running != null) {
            running.end();
        }
    }

    @Override
    public boolean isRunning() {
        return current != null;
    }

    /** The workers from one start to the next stop. */
    private final class Run {

        private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("payment-status-check-", 1).factory());
        private volatile boolean over;
        /** Whoever pauses, so that a stop wakes it and interrupts nobody at work. */
        private volatile @Nullable Thread pausing;

        private void work() {
            try {
                for (Optional<CheckPayments.Turn> turn = nextTurn(); turn.isPresent(); turn = nextTurn()) {
                    take(turn.get());
                }
            } catch (InterruptedException _) {
                // The service stops.
            }
        }

        /** Waits for a status check; empty when it is over. */
        private Optional<CheckPayments.Turn> nextTurn() throws InterruptedException {
            looking.lockInterruptibly();
            try {
                while (!over) {
                    switch (look()) {
                        case Look.Found(CheckPayments.Turn turn) -> {
                            return Optional.of(turn);
                        }
                        case Look.Busy() -> rest(retryPause(), retryPause());
                        case Look.Nothing(Duration yet) -> rest(SHORTEST_REST, yet);
                    }
                }
                return Optional.empty();
            } finally {
                looking.unlock();
            }
        }

        private void rest(Duration shortest, Duration longest) throws InterruptedException {
            pausing = Thread.currentThread();
            try {
                if (!over) {
                    alarm.await(shortest, longest);
                }
            } finally {
                pausing = null;
            }
        }

        private void end() {
            over = true;
            Thread sleeper = pausing;
            if (sleeper != null) {
                sleeper.interrupt();
            }
            workers.shutdown();
            try {
                if (!workers.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    workers.shutdownNow();
                }
            } catch (InterruptedException _) {
                workers.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }

    private Look look() {
        try {
            Look look = checkPayments.look();
            looks.ended();
            return look;
        } catch (RuntimeException e) {
            looks.failed(e, clock.instant());
            log.error("Status checks could not be looked for; tried again in {}", retryPause(), e);
            return new Look.Busy();
        } finally {
            lastRunAt = clock.instant();
        }
    }

    private Duration retryPause() {
        return RETRY_PAUSE.compareTo(properties.pollInterval()) < 0 ? RETRY_PAUSE : properties.pollInterval();
    }

    /** One bad row must not stop the others. */
    private void take(CheckPayments.Turn turn) {
        try {
            checkPayments.take(turn);
            answers.ended();
        } catch (RuntimeException e) {
            answers.failed(e, clock.instant());
            log.error(
                    "Payment {} could not be resolved; it is tried again",
                    turn.check().paymentId(),
                    e);
        }
    }
}
