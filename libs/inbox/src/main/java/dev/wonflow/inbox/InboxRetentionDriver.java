package dev.wonflow.inbox;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs {@link InboxRetention} at intervals while the service is up. */
final class InboxRetentionDriver implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(InboxRetentionDriver.class);

    /** Keeps the job out of the busy first moments of a service, and still runs it in one that restarts often. */
    private static final Duration FIRST_RUN_AFTER = Duration.ofMinutes(1);

    private final InboxRetention retention;
    private final Duration interval;

    private @Nullable ScheduledThreadPoolExecutor executor;

    InboxRetentionDriver(InboxRetention retention, Duration interval) {
        this.retention = retention;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name("inbox-retention").unstarted(task));
        var _ = started.scheduleWithFixedDelay(
                this::run, FIRST_RUN_AFTER.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        executor = started;
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    private void run() {
        try {
            retention.runOnce();
        } catch (RuntimeException e) {
            log.warn("Inbox claims were not tidied up; next try in {}", interval, e);
        }
    }
}
