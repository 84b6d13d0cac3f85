package dev.wonflow.payment.inquiry;

import dev.wonflow.payment.Pause;
import dev.wonflow.payment.ResolverProperties;
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
 * Drives {@link ResolvePayments} for as long as the service runs. Of its workers one looks for the next inquiry; as
 * soon as it has one, the next free worker looks. So a slow answer holds up one worker and nobody else, and while there
 * is nothing to do one query runs at a time, however many workers there are.
 */
@Service
public final class ResolverLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ResolverLoop.class);

    /** Most calls are over by then; what is cut short is repeated when its lease ends. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final ResolvePayments resolvePayments;
    private final ResolverProperties properties;
    private final Clock clock;
    private final Pause pause;
    private final ReentrantLock looking = new ReentrantLock();
    private final FailureStreak looks;
    private final FailureStreak answers;
    private volatile @Nullable Run current;
    private volatile Instant lastRunAt;

    ResolverLoop(ResolvePayments resolvePayments, ResolverProperties properties, Clock clock, Pause pause) {
        this.resolvePayments = resolvePayments;
        this.properties = properties;
        this.clock = clock;
        this.pause = pause;
        // What still fails is tried again within the longest delay; without a second failure by then it is over.
        this.looks = new FailureStreak(properties.maxDelay().multipliedBy(2));
        this.answers = new FailureStreak(properties.maxDelay().multipliedBy(2));
        this.lastRunAt = clock.instant();
    }

    /** When somebody last looked for the next inquiry, with or without success. */
    public Instant lastRunAt() {
        return lastRunAt;
    }

    /** What has been wrong for longer than {@code limit}: nobody looks, or all that is tried fails. */
    public Optional<String> troubleLongerThan(Duration limit) {
        Instant now = clock.instant();
        if (Duration.between(lastRunAt, now).compareTo(limit) > 0) {
            return Optional.of("nobody has looked for inquiries since " + lastRunAt);
        }
        return looks.longerThan(limit, now)
                .map(failing -> "inquiries cannot be looked for since " + failing)
                .or(() ->
                        answers.longerThan(limit, now).map(failing -> "no inquiry can be worked off since " + failing));
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
                Thread.ofVirtual().name("payment-resolver-", 1).factory());
        private volatile boolean over;
        /** Whoever pauses, so that a stop wakes it and interrupts nobody at work. */
        private volatile @Nullable Thread pausing;

        private void work() {
            try {
                for (Optional<ResolvePayments.Turn> turn = nextTurn(); turn.isPresent(); turn = nextTurn()) {
                    take(turn.get());
                }
            } catch (InterruptedException _) {
                // The service stops.
            }
        }

        /** Waits for an inquiry; empty when it is over. */
        private Optional<ResolvePayments.Turn> nextTurn() throws InterruptedException {
            looking.lockInterruptibly();
            try {
                while (!over) {
                    Optional<ResolvePayments.Turn> next = look();
                    if (next.isPresent()) {
                        return next;
                    }
                    rest();
                }
                return Optional.empty();
            } finally {
                looking.unlock();
            }
        }

        private void rest() throws InterruptedException {
            pausing = Thread.currentThread();
            try {
                if (!over) {
                    pause.take(properties.pollInterval());
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

    private Optional<ResolvePayments.Turn> look() {
        try {
            Optional<ResolvePayments.Turn> next = resolvePayments.next();
            looks.ended();
            return next;
        } catch (RuntimeException e) {
            looks.failed(e, clock.instant());
            log.error("Inquiries could not be looked for; tried again in {}", properties.pollInterval(), e);
            return Optional.empty();
        } finally {
            lastRunAt = clock.instant();
        }
    }

    /** One bad row must not stop the others. */
    private void take(ResolvePayments.Turn turn) {
        try {
            resolvePayments.take(turn);
            answers.ended();
        } catch (RuntimeException e) {
            answers.failed(e, clock.instant());
            log.error(
                    "Payment {} could not be resolved; it is tried again",
                    turn.inquiry().paymentId(),
                    e);
        }
    }
}
