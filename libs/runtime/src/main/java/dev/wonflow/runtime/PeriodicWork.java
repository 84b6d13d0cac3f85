package dev.wonflow.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs something at intervals while the service is up, on a thread of its own. Every instance does; what it runs has to
 * live with that. A run that fails is told in the log, and the next one tries again.
 */
public final class PeriodicWork implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PeriodicWork.class);

    /** Two runs may fail before anybody is told by the health, and a run may take its time. */
    private static final int INTERVALS_WITHOUT_SUCCESS = 3;

    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Duration firstAfter;
    private final Duration interval;
    private final int phase;
    private final Runnable run;
    private final LastSuccess lastSuccess;

    private @Nullable ScheduledThreadPoolExecutor executor;

    /**
     * Creates one that rests until it is started.
     *
     * @param name of its thread, in the log and in the health
     * @param firstAfter time until the first run
     * @param interval pause between two runs
     */
    public PeriodicWork(String name, Duration firstAfter, Duration interval, Runnable run) {
        this(name, firstAfter, interval, DEFAULT_PHASE, run);
    }

    /**
     * The same, started in a phase of its own.
     *
     * @param firstAfter if zero, the first run is part of the start, and what starts in later phases comes after it
     */
    public PeriodicWork(String name, Duration firstAfter, Duration interval, int phase, Runnable run) {
        this(
                name,
                firstAfter,
                interval,
                phase,
                run,
                new LastSuccess(interval.multipliedBy(INTERVALS_WITHOUT_SUCCESS)
                        .plus(firstAfter)
                        .plus(GRACE)));
    }

    PeriodicWork(
            String name, Duration firstAfter, Duration interval, int phase, Runnable run, LastSuccess lastSuccess) {
        this.name = name;
        this.firstAfter = firstAfter;
        this.interval = interval;
        this.phase = phase;
        this.run = run;
        this.lastSuccess = lastSuccess;
    }

    public String name() {
        return name;
    }

    public Duration sinceLastSuccess() {
        return lastSuccess.age();
    }

    /** Why it counts as broken; empty while its last success is young enough. */
    public Optional<String> trouble() {
        return lastSuccess.trouble();
    }

    @Override
    public synchronized void start() {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name(name).unstarted(task));
        executor = started;
        if (firstAfter.isZero()) {
            runOnce();
        }
        Duration next = firstAfter.isZero() ? interval : firstAfter;
        var _ = started.scheduleWithFixedDelay(
                this::runOnce, next.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        ScheduledThreadPoolExecutor stopping = executor;
        executor = null;
        if (stopping == null) {
            return;
        }
        stopping.shutdownNow();
        try {
            // What it uses is there for as long as it runs.
            if (!stopping.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{} did not stop in {}", name, STOP_PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    @Override
    public int getPhase() {
        return phase;
    }

    private void runOnce() {
        try {
            run.run();
            lastSuccess.succeeded();
        } catch (RuntimeException e) {
            lastSuccess.failed(e);
            log.warn("{} failed; next try in {}", name, interval, e);
        } catch (Error e) {
            // It ends this work for good, since the executor runs it no more; the health tells.
            lastSuccess.failed(e);
            throw e;
        }
    }
}
