package dev.wonflow.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Tenants' times that can be moved, each by itself and only forward. Thread-safe. */
public final class MovableTenantClocks implements TenantClocks {

    private final Map<TenantId, Duration> aheadOf = new ConcurrentHashMap<>();
    private final Clock shared;
    private final Supplier<List<TenantMoved>> listeners;

    /**
     * Creates it, with all tenants at the same time.
     *
     * @param listeners asked for at each move, since who listens may need the clocks itself
     */
    MovableTenantClocks(Clock shared, Supplier<List<TenantMoved>> listeners) {
        this.shared = shared;
        this.listeners = listeners;
    }

    @Override
    public Clock of(TenantId tenant) {
        return new TenantClock(tenant, shared);
    }

    @Override
    public Map<TenantId, Duration> moved() {
        return Map.copyOf(aheadOf);
    }

    Duration ahead(TenantId tenant) {
        return aheadOf.getOrDefault(tenant, Duration.ZERO);
    }

    /**
     * Says how far ahead of the service's time a tenant is from now on; saying it twice is harmless.
     *
     * @throws IllegalArgumentException if that is less than before, or farther than {@link MovableClock#FARTHEST}
     */
    public synchronized void moveTo(TenantId tenant, Duration ahead) {
        Duration before = ahead(tenant);
        if (ahead.compareTo(before) < 0 || ahead.compareTo(MovableClock.FARTHEST) > 0) {
            throw new IllegalArgumentException("ahead: " + ahead + " (expected: " + before + " to "
                    + MovableClock.FARTHEST + "; a tenant's time runs forward)");
        }
        put(tenant, ahead);
        try {
            listeners.get().forEach(listener -> listener.moved(tenant, before, ahead));
        } catch (RuntimeException e) {
            put(tenant, before);
            throw e;
        }
    }

    private void put(TenantId tenant, Duration ahead) {
        if (ahead.isZero()) {
            aheadOf.remove(tenant);
        } else {
            aheadOf.put(tenant, ahead);
        }
    }

    private final class TenantClock extends Clock {

        private final TenantId tenant;
        private final Clock base;

        TenantClock(TenantId tenant, Clock base) {
            this.tenant = tenant;
            this.base = base;
        }

        @Override
        public Instant instant() {
            return base.instant().plus(ahead(tenant));
        }

        @Override
        public ZoneId getZone() {
            return base.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new TenantClock(tenant, base.withZone(zone));
        }
    }
}
