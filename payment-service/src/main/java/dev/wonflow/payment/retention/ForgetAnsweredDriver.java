package dev.wonflow.payment.retention;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs {@link ForgetAnswered} at intervals while the service is up. */
@Component
class ForgetAnsweredDriver implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ForgetAnsweredDriver.class);

    private final ForgetAnswered forgetAnswered;
    private final Duration interval;

    private @Nullable ScheduledThreadPoolExecutor executor;

    ForgetAnsweredDriver(ForgetAnswered forgetAnswered, RetentionProperties properties) {
        this.forgetAnswered = forgetAnswered;
        this.interval = properties.interval();
    }

    @Override
    public synchronized void start() {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name("forget-answered").unstarted(task));
        var _ = started.scheduleWithFixedDelay(
                this::run, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
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
            forgetAnswered.runOnce();
        } catch (RuntimeException e) {
            log.warn("Old webhooks were not forgotten; next try in {}", interval, e);
        }
    }
}
