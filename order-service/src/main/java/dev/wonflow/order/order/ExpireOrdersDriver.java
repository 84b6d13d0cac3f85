package dev.wonflow.order.order;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs {@link ExpireOrders} at intervals while the service is up. */
@Component
class ExpireOrdersDriver implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ExpireOrdersDriver.class);

    private final ExpireOrders expireOrders;
    private final Duration interval;

    private @Nullable ScheduledThreadPoolExecutor executor;

    ExpireOrdersDriver(ExpireOrders expireOrders, OrderProperties properties) {
        this.expireOrders = expireOrders;
        this.interval = properties.sweepInterval();
    }

    @Override
    public synchronized void start() {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name("expire-orders").unstarted(task));
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
            int expired = expireOrders.runOnce();
            if (expired > 0) {
                log.info("Cancelled {} orders that were not paid in time", expired);
            }
        } catch (RuntimeException e) {
            log.warn("Orders past their deadline were not looked at; next try in {}", interval, e);
        }
    }
}
