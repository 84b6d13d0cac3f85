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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What waits for a moment of the sandbox clock. A driver thread runs tasks as their time comes; moving the clock runs
 * them at once, each at its own moment and in order of time.
 */
@Component
public class Schedule implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Schedule.class);

    /**
     * Longest the driver sleeps; a new task wakes it earlier. A machine that was suspended, or whose clock was set, is
     * noticed this late.
     */
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** Longest a moved clock waits for what is under way; more than the longest webhook attempt. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /**
     * Longest a moved clock waits on its whole way, in real time, so that receivers which hang cannot hold the time for
     * everybody. What is under way then ends by itself, and what follows from it comes soon after.
     */
    private static final Duration LONGEST_ADVANCE = Duration.ofSeconds(50);

    /** Below so many nobody looks for those that wait for nothing any more. */
    private static final int FEW = 10_000;

    private final SandboxClock clock;
    private final Duration longestAdvance;
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
    /** How many have to wait before it is checked whether all of them are still wanted. Guarded by the lock. */
    private int lookAgainAt = FEW;

    private volatile @Nullable Thread driver;

    @Autowired
    Schedule(SandboxClock clock) {
        this(clock, LONGEST_ADVANCE);
    }

    Schedule(SandboxClock clock, Duration longestAdvance) {
        this.clock = clock;
        this.longestAdvance = longestAdvance;
    }

    /** Work for a moment to come; the stage it answers completes when its effects are there. */
    @FunctionalInterface
    public interface Task {
        CompletionStage<?> run();
    }

    private record Entry(Instant due, long sequence, Task task, BooleanSupplier stillWanted) {}

    /** Runs the task when the sandbox clock reaches the instant, soon if it has passed. */
    public void at(Instant due, Task task) {
        at(due, task, () -> true);
    }

    /**
     * Runs the task when the sandbox clock reaches the instant, soon if it has passed, unless nobody wants it by then.
     *
     * @param stillWanted whether it would do anything yet; asked from time to time, so that what became pointless does
     *     not wait for days. Must be quick, and must not come back here.
     */
    public void at(Instant due, Task task, BooleanSupplier stillWanted) {
        lock.lock();
        try {
            Entry added = new Entry(due, sequence++, task, stillWanted);
            waiting.add(added);
            if (waiting.size() >= lookAgainAt) {
                waiting.removeIf(entry -> !entry.stillWanted().getAsBoolean());
                lookAgainAt = Math.max(FEW, 2 * waiting.size());
            }
            if (added.equals(waiting.peek())) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks wait, some of them perhaps for nothing. */
    public int size() {
        lock.lock();
        try {
            return waiting.size();
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
     * comes after it. Waits for what each of them starts, but no longer than a minute in sum.
     *
     * @return the new time
     */
    public Instant advance(Duration by) {
        running.lock();
        try {
            Instant target = clock.instant().plus(by);
            long begin = System.nanoTime();
            awaitUnderWay(begin);
            for (Entry entry = takeDue(target); entry != null; entry = takeDue(target)) {
                clock.moveTo(entry.due());
                start(entry);
                awaitUnderWay(begin);
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
        } catch (RuntimeException | Error e) {
            // One task that fails must not stop the time for all others.
            log.error("A task due at {} failed", entry.due(), e);
        }
    }

    private void awaitUnderWay(long begin) {
        if (underWay.isEmpty()) {
            return;
        }
        long left = longestAdvance.toNanos() - (System.nanoTime() - begin);
        if (left > 0) {
            CompletableFuture.allOf(underWay.values().toArray(CompletableFuture[]::new))
                    .handle((_, _) -> true)
                    .completeOnTimeout(false, Math.min(left, PATIENCE.toNanos()), TimeUnit.NANOSECONDS)
                    .join();
        }
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
