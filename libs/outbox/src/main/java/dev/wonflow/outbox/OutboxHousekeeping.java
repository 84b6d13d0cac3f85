package dev.wonflow.outbox;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs {@link OutboxPartitions} at the start, so that the first message finds its day, and then again and again. */
final class OutboxHousekeeping implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxHousekeeping.class);

    /** Before everything that could append. */
    private static final int PHASE = DEFAULT_PHASE - 8192;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final OutboxPartitions partitions;
    private final Duration interval;
    private final AtomicLong lastSuccessNanos = new AtomicLong(System.nanoTime());
    private volatile boolean running;
    private ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(OutboxHousekeeping::thread);

    OutboxHousekeeping(OutboxPartitions partitions, Duration interval) {
        this.partitions = partitions;
        this.interval = interval;
    }

    @Override
    public void start() {
        running = true;
        run();
        if (thread.isShutdown()) {
            thread = Executors.newSingleThreadScheduledExecutor(OutboxHousekeeping::thread);
        }
        var _ = thread.scheduleWithFixedDelay(
                this::run, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Outbox housekeeping did not stop in {}", STOP_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    Duration sinceLastSuccess() {
        return Duration.ofNanos(System.nanoTime() - lastSuccessNanos.get());
    }

    /** A boundary: whatever goes wrong, appends go on (into the default partition) and the next run tries again. */
    private void run() {
        try {
            partitions.runOnce();
            lastSuccessNanos.set(System.nanoTime());
        } catch (RuntimeException e) {
            log.error("Outbox housekeeping failed; next try in {}", interval, e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "wonflow-outbox-housekeeping");
        thread.setDaemon(true);
        return thread;
    }
}
