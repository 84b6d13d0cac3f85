package dev.wonflow.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers on one {@link WorkSource}. One thread looks for work whenever there is room for some and hands it to the
 * workers; a slow one holds up its own worker and nobody else. Who finds nothing sleeps until the next item becomes
 * due, or the alarm tells of one that was planned since.
 */
public final class WorkLoop<T> {

    private static final Logger log = LoggerFactory.getLogger(WorkLoop.class);

    /** Between two looks that found nothing, however much is planned meanwhile. */
    private static final Duration SHORTEST_REST = Duration.ofMillis(50);

    /** Until what stood in the way is tried again. */
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

    /** For what was interrupted to say so. */
    private static final Duration CUT_PATIENCE = Duration.ofSeconds(1);

    private final String name;
    private final WorkSource<T> source;
    private final Settings settings;
    private final Clock clock;
    private final Alarm alarm;
    private final FailureStreak looks;
    private final FailureStreak answers;
    private volatile @Nullable Run current;
    private volatile Instant lastLookAt;

    /**
     * How a loop works.
     *
     * @param atOnce how much is done at the same time; each that ends makes room for the next
     * @param ahead how much is claimed beyond that, so that workers do not wait for the next claim
     * @param poll longest pause between two looks; what this instance plans wakes it before, so that it is for what
     *     another planned
     * @param failureMemory time without a further failure after which a failure counts as over
     * @param stopPatience time a stop gives what is under way; what takes longer is interrupted
     */
    public record Settings(int atOnce, int ahead, Duration poll, Duration failureMemory, Duration stopPatience) {

        public Settings {
            if (atOnce < 1 || ahead < 0) {
                throw new IllegalArgumentException(
                        "atOnce: " + atOnce + ", ahead: " + ahead + " (expected: 1 or more, 0 or more)");
            }
        }

        /** So many that a claim is worth its statement, and no more than there is room for with every worker busy. */
        private int worthALook() {
            return Math.max(1, Math.min(ahead, (atOnce + ahead) / 2));
        }
    }

    /**
     * Creates one that rests until it is started.
     *
     * @param name of the threads and in the log
     * @param alarm set by those who plan work of this source; this loop alone sleeps on it
     */
    public WorkLoop(String name, WorkSource<T> source, Settings settings, Clock clock, Alarm alarm) {
        this.name = name;
        this.source = source;
        this.settings = settings;
        this.clock = clock;
        this.alarm = alarm;
        this.looks = new FailureStreak(settings.failureMemory());
        this.answers = new FailureStreak(settings.failureMemory());
        this.lastLookAt = clock.instant();
    }

    /** When work was last looked for with success. */
    public Instant lastLookAt() {
        return lastLookAt;
    }

    /** What has been wrong for longer than {@code limit}: nobody looks, or all that is tried fails. */
    public Optional<String> troubleLongerThan(Duration limit) {
        Instant now = clock.instant();
        return looks.longerThan(limit, now)
                .map(failing -> "work cannot be looked for since " + failing)
                .or(() -> Optional.of(lastLookAt)
                        .filter(last -> Duration.between(last, now).compareTo(limit) > 0)
                        .map(last -> "no work has been looked for since " + last))
                .or(() -> answers.longerThan(limit, now).map(failing -> "nothing can be worked off since " + failing));
    }

    public void start() {
        lastLookAt = clock.instant();
        Run next = new Run();
        current = next;
        next.begin();
    }

    /** Lets what is under way end within the limit, interrupts what takes longer, and gives back what has not begun. */
    public void stop() {
        Run running = current;
        current = null;
        if (running != null) {
            running.end();
        }
    }

    public boolean isRunning() {
        return current != null;
    }

    /** Whether something was claimed that no worker has begun. */
    boolean isAhead() {
        Run running = current;
        return running != null && running.isAhead();
    }

    /** Gives back what has not begun, while the workers go on. */
    void giveBackAhead() {
        Run running = current;
        if (running != null) {
            giveBack(running.withdraw());
        }
    }

    /** The workers from one start to the next stop. */
    private final class Run {

        private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition room = lock.newCondition();
        private final Condition work = lock.newCondition();
        private final Queue<T> waiting = new ArrayDeque<>();
        private int busy;
        private volatile boolean over;
        /** While it rests, so that a stop wakes it and interrupts nobody at work. */
        private volatile @Nullable Thread resting;

        private void begin() {
            threads.execute(this::lookOut);
            for (int i = 0; i < settings.atOnce(); i++) {
                threads.execute(this::work);
            }
        }

        private void lookOut() {
            try {
                for (int free = awaitRoom(); !over; free = awaitRoom()) {
                    switch (look(free)) {
                        case WorkLook.Found<T>(List<T> found) -> hand(found);
                        case WorkLook.Busy<T> _ -> rest(retryPause(), retryPause());
                        case WorkLook.Nothing<T>(Duration yet) -> rest(SHORTEST_REST, yet);
                    }
                }
            } catch (InterruptedException _) {
                // The service stops.
            }
        }

        private int awaitRoom() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!over && free() < settings.worthALook()) {
                    room.await();
                }
                return free();
            } finally {
                lock.unlock();
            }
        }

        private int free() {
            return settings.atOnce() + settings.ahead() - busy - waiting.size();
        }

        private void hand(List<T> found) {
            boolean late;
            lock.lock();
            try {
                late = over;
                if (!late) {
                    waiting.addAll(found);
                    work.signalAll();
                }
            } finally {
                lock.unlock();
            }
            if (late) {
                giveBack(found);
            }
        }

        private void rest(Duration shortest, Duration longest) throws InterruptedException {
            resting = Thread.currentThread();
            try {
                if (!over) {
                    alarm.await(shortest, longest);
                }
            } finally {
                resting = null;
            }
        }

        private void work() {
            try {
                for (T next = nextWork(); next != null; next = nextWork()) {
                    try {
                        take(next);
                    } finally {
                        forgetInterrupt();
                        ended();
                    }
                }
            } catch (InterruptedException _) {
                // The service stops.
            }
        }

        private @Nullable T nextWork() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!over && waiting.isEmpty()) {
                    work.await();
                }
                if (over) {
                    return null;
                }
                busy++;
                return waiting.remove();
            } finally {
                lock.unlock();
            }
        }

        private void ended() {
            lock.lock();
            try {
                busy--;
                room.signal();
            } finally {
                lock.unlock();
            }
        }

        private boolean isAhead() {
            lock.lock();
            try {
                return !waiting.isEmpty();
            } finally {
                lock.unlock();
            }
        }

        private List<T> withdraw() {
            lock.lock();
            try {
                List<T> notBegun = new ArrayList<>(waiting);
                waiting.clear();
                room.signal();
                return notBegun;
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            lock.lock();
            try {
                over = true;
                work.signalAll();
                room.signalAll();
            } finally {
                lock.unlock();
            }
            List<T> notBegun = withdraw();
            Thread sleeper = resting;
            if (sleeper != null) {
                sleeper.interrupt();
            }
            giveBack(notBegun);
            threads.shutdown();
            try {
                if (!threads.awaitTermination(settings.stopPatience().toMillis(), TimeUnit.MILLISECONDS)) {
                    threads.shutdownNow();
                    var _ = threads.awaitTermination(CUT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException _) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }

    private WorkLook<T> look(int room) {
        try {
            WorkLook<T> look = source.look(room);
            looks.ended();
            lastLookAt = clock.instant();
            return look;
        } catch (RuntimeException | Error e) {
            looks.failed(e, clock.instant());
            log.error("{}: work could not be looked for; tried again in {}", name, retryPause(), e);
            return new WorkLook.Busy<>();
        } finally {
            forgetInterrupt();
        }
    }

    private Duration retryPause() {
        return RETRY_PAUSE.compareTo(settings.poll()) < 0 ? RETRY_PAUSE : settings.poll();
    }

    /** One bad item must not stop the others, nor an error take a worker away that nobody would replace. */
    private void take(T work) {
        try {
            source.take(work);
            answers.ended();
        } catch (RuntimeException | Error e) {
            answers.failed(e, clock.instant());
            log.error("{}: {} was not done; it is tried again", name, work, e);
        }
    }

    /**
     * One left over from a look or an item would end its thread, which nobody would replace; a stop tells otherwise.
     */
    private static void forgetInterrupt() {
        var _ = Thread.interrupted();
    }

    private void giveBack(List<T> work) {
        if (work.isEmpty()) {
            return;
        }
        try {
            source.giveBack(work);
        } catch (RuntimeException e) {
            log.warn("{}: {} items could not be given back; they are free when their leases end", name, work.size(), e);
        }
    }
}
