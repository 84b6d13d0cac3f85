package dev.wonflow.payment.inquiry;

import dev.wonflow.payment.Pause;
import dev.wonflow.payment.ResolverProperties;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/** Drives {@link ResolvePayments} for as long as the service runs. */
@Service
public final class ResolverLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ResolverLoop.class);

    private final ResolvePayments resolvePayments;
    private final ResolverProperties properties;
    private final Clock clock;
    private final Pause pause;
    private volatile @Nullable Thread thread;
    private volatile Instant lastRunAt;

    ResolverLoop(ResolvePayments resolvePayments, ResolverProperties properties, Clock clock, Pause pause) {
        this.resolvePayments = resolvePayments;
        this.properties = properties;
        this.clock = clock;
        this.pause = pause;
        this.lastRunAt = clock.instant();
    }

    /** When the last batch was finished, with or without success. */
    public Instant lastRunAt() {
        return lastRunAt;
    }

    @Override
    public void start() {
        lastRunAt = clock.instant();
        // Known before it runs: it stops as soon as it is not the one that counts.
        Thread next = Thread.ofPlatform().name("payment-resolver").unstarted(this::run);
        thread = next;
        next.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            // Ends the pause or a call to Toss; an inquiry cut short is repeated when its lease ends.
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        while (Thread.currentThread().equals(thread)) {
            boolean idle = runOnceSafely();
            lastRunAt = clock.instant();
            if (idle) {
                try {
                    pause.take(properties.pollInterval());
                } catch (InterruptedException _) {
                    return;
                }
            }
        }
    }

    private boolean runOnceSafely() {
        try {
            return resolvePayments.runOnce() == 0;
        } catch (RuntimeException e) {
            log.error("Inquiries could not be worked off; tried again in {}", properties.pollInterval(), e);
            return true;
        }
    }
}
