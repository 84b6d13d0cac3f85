package dev.wonflow.sandbox.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What waits for a moment of the sandbox clock. A driver thread runs tasks as their time comes; moving the clock runs
 * them at once, each at its own moment and in order of time.
 */
@Component
public class Schedule implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Schedule.class);

    /** Longest the driver sleeps when nothing is due; a new task wakes it earlier. */
    private static final Duration IDLE = Duration.ofHours(1);

    /** Longest a moved clock waits for what is under way; more than the longest webhook attempt. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final SandboxClock clock;
    private final PriorityQueue<Entry> waiting =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparingLong(Entry::sequence));
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Held while tasks are run, so that the driver and a moved clock take turns. */
    private final ReentrantLock running = new ReentrantLock();

    /** What was started and has not ended, by sequence. */
    private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

    /** Who waits for a moment and must be told if it never comes. */
    private final Map<Long, CompletableFuture<Boolean>> waits = new ConcurrentHashMap<>();

    private final AtomicLong waitsBegun = new AtomicLong();

    private long sequence;
    private volatile @Nullable Thread driver;

    Schedule(SandboxClock clock) {
        this.clock = clock;
    }

    /** Work for a moment to come; the stage it answers completes when its effects are there. */
    @FunctionalInterface
    public interface Task {
        CompletionStage<?> run();
    }

    private record Entry(Instant due, long sequence, Task task) {}

    /** Runs the task when the sandbox clock reaches the instant, soon if it has passed. */
    public void at(Instant due, Task task) {
        lock.lock();
        try {
            waiting.add(new Entry(due, sequence++, task));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Completes with true when the sandbox clock reaches the instant, and with false if the books are put back or the
     * sandbox stops before that.
     */
    public CompletableFuture<Boolean> reached(Instant instant) {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        long wait = waitsBegun.incrementAndGet();
        waits.put(wait, reached);
        var _ = reached.whenComplete((_, _) -> waits.remove(wait));
        at(instant, () -> {
            reached.complete(true);
            return CompletableFuture.completedStage(null);
        });
        return reached;
    }

    /** Does something while no task runs. */
    public void betweenTasks(Runnable work) {
        running.lock();
        try {
            work.run();
        } finally {
            running.unlock();
        }
    }

    /**
     * Sets the clock, forwards or back, and forgets everything that waits: for books that are put back, and say what is
     * to wait now. What a task started earlier is not waited for.
     */
    public void startOver(Instant at) {
        running.lock();
        try {
            lock.lock();
            try {
                waiting.clear();
                clock.set(at);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            underWay.clear();
            endWaits();
        } finally {
            running.unlock();
        }
    }

    private void endWaits() {
        List.copyOf(waits.values()).forEach(wait -> wait.complete(false));
    }

    /** Runs everything due by now, in order of time, without waiting for what it started. */
    public void runDue() {
        running.lock();
        try {
            for (Entry entry = takeDue(clock.instant()); entry != null; entry = takeDue(clock.instant())) {
                start(entry);
            }
        } finally {
            running.unlock();
        }
    }

    /**
     * Moves the clock forward, stopping at each moment something waits for, so that what happens then can set off what
     * comes after it.
     *
     * @return the new time
     */
    public Instant advance(Duration by) {
        running.lock();
        try {
            Instant target = clock.instant().plus(by);
            awaitUnderWay();
            for (Entry entry = takeDue(target); entry != null; entry = takeDue(target)) {
                clock.moveTo(entry.due());
                start(entry);
                awaitUnderWay();
            }
            clock.moveTo(target);
            wakeDriver();
            return clock.instant();
        } finally {
            running.unlock();
        }
    }

    private @Nullable Entry takeDue(Instant by) {
        lock.lock();
        try {
            Entry first = waiting.peek();
            return first == null || first.due().isAfter(by) ? null : waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    private void start(Entry entry) {
        try {
            CompletableFuture<?> started = entry.task().run().toCompletableFuture();
            underWay.put(entry.sequence(), started);
            var _ = started.whenComplete((_, _) -> underWay.remove(entry.sequence()));
        } catch (RuntimeException e) {
            // One task that fails must not stop the time for all others.
            log.error("A task due at {} failed", entry.due(), e);
        }
    }

    private void awaitUnderWay() {
        CompletableFuture.allOf(underWay.values().toArray(CompletableFuture[]::new))
                .handle((_, _) -> true)
                .completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private void wakeDriver() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        driver = Thread.ofVirtual().name("sandbox-schedule").start(this::drive);
    }

    private void drive() {
        while (!Thread.currentThread().isInterrupted()) {
            runDue();
            try {
                sleepUntilDue();
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void sleepUntilDue() throws InterruptedException {
        lock.lock();
        try {
            for (Duration wait = untilDue(); wait.isPositive(); wait = untilDue()) {
                long _ = changed.awaitNanos(wait.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration untilDue() {
        Entry first = waiting.peek();
        Duration wait = first == null ? IDLE : Duration.between(clock.instant(), first.due());
        return wait.compareTo(IDLE) < 0 ? wait : IDLE;
    }

    @Override
    public void stop() {
        Thread stopping = driver;
        driver = null;
        endWaits();
        if (stopping != null) {
            stopping.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return driver != null;
    }
}
