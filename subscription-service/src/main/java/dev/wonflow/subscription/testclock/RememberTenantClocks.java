package dev.wonflow.subscription.testclock;

import dev.wonflow.runtime.MovableTenantClocks;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.runtime.TenantMoved;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps how far tenants were moved, and moves them as far again at the next start, before anything that is due is
 * looked at. Where no tenant can be moved, what is kept has no effect.
 */
@Component
final class RememberTenantClocks implements TenantMoved, SmartLifecycle {

    private final TenantClocks clocks;
    private final TenantDistances distances;
    private final Clock clock;
    private volatile boolean running;

    RememberTenantClocks(TenantClocks clocks, TenantDistances distances, Clock clock) {
        this.clocks = clocks;
        this.distances = distances;
        this.clock = clock;
    }

    @Override
    public void moved(TenantId tenant, Duration from, Duration to) {
        if (!to.isZero()) {
            distances.keep(tenant, to, clock.instant());
        }
    }

    @Override
    public void start() {
        if (clocks instanceof MovableTenantClocks movable) {
            distances.all().forEach(movable::moveTo);
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything else that starts. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
