package dev.wonflow.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the relay right now, for health and meters. Written by its threads, read by anybody.
 *
 * <p>Ages are those of the database's clock: the service's may be moved by hand, and the database wrote the times.
 */
final class RelayStatus {

    /** What this instance does. */
    enum Role {
        STARTING,
        ACTIVE,
        STANDBY,
        REPUBLISHING,
        FAILED,
        STOPPED
    }

    final LongAdder eventsSent = new LongAdder();
    final LongAdder eventsRepublished = new LongAdder();
    final AtomicLong restarts = new AtomicLong();
    final AtomicLong incidents = new AtomicLong();

    private volatile Role role = Role.STARTING;
    private volatile @Nullable String lastError;
    private volatile @Nullable String lastIncident;
    private volatile @Nullable String walStatus;
    private volatile long slotLagBytes;
    private volatile @Nullable Heartbeat lastHeartbeat;
    private volatile @Nullable Instant oldestInFlight;
    private volatile Reading clock = new Reading(null, System.nanoTime());

    Role role() {
        return role;
    }

    void become(Role role) {
        this.role = role;
    }

    @Nullable
    String lastError() {
        return lastError;
    }

    void failed(Throwable error) {
        lastError = summary(error);
        role = Role.FAILED;
        restarts.incrementAndGet();
    }

    @Nullable
    String lastIncident() {
        return lastIncident;
    }

    void incident(String what) {
        lastIncident = what;
        incidents.incrementAndGet();
    }

    @Nullable
    String walStatus() {
        return walStatus;
    }

    long slotLagBytes() {
        return slotLagBytes;
    }

    void slot(@Nullable SlotState slot, long lagBytes) {
        walStatus = slot == null ? "absent" : slot.walStatus();
        slotLagBytes = lagBytes;
    }

    void databaseNow(Instant now) {
        clock = new Reading(now, System.nanoTime());
    }

    /** The last heartbeat known to be through, be it ours or, on a standing-by instance, the active one's. */
    void through(Heartbeat heartbeat) {
        lastHeartbeat = heartbeat;
    }

    @Nullable
    Heartbeat lastHeartbeat() {
        return lastHeartbeat;
    }

    void oldestInFlight(@Nullable Instant appendedAt) {
        oldestInFlight = appendedAt;
    }

    /** Time since the last heartbeat that came through was written; before the first one, since this relay exists. */
    Duration heartbeatAge() {
        Heartbeat heartbeat = lastHeartbeat;
        Reading reading = clock;
        if (heartbeat == null || reading.databaseNow == null) {
            return Duration.ofNanos(System.nanoTime() - started);
        }
        return age(reading, heartbeat.beatenAt());
    }

    /**
     * Age of the oldest event that may be unpublished. Exact while events are on their way; when nothing comes through
     * at all, nobody knows without searching the table, and the age of the last heartbeat is the worst it can be.
     *
     * @param normalHeartbeatAge up to this age a heartbeat says that nothing waits
     */
    Duration oldestUnpublishedAge(Duration normalHeartbeatAge) {
        Instant oldest = oldestInFlight;
        Reading reading = clock;
        Duration inFlight = oldest == null || reading.databaseNow == null ? Duration.ZERO : age(reading, oldest);
        Duration heartbeat = heartbeatAge();
        Duration waiting = heartbeat.compareTo(normalHeartbeatAge) > 0 ? heartbeat : Duration.ZERO;
        return inFlight.compareTo(waiting) > 0 ? inFlight : waiting;
    }

    private final long started = System.nanoTime();

    private static Duration age(Reading reading, Instant instant) {
        Instant now = reading.databaseNow == null
                ? instant
                : reading.databaseNow.plusNanos(System.nanoTime() - reading.readAtNanos);
        Duration age = Duration.between(instant, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static String summary(Throwable error) {
        StringBuilder summary = new StringBuilder(error.toString());
        Throwable cause = error.getCause();
        for (int depth = 0; cause != null && depth < 5; depth++) {
            summary.append("; caused by ").append(cause);
            cause = cause.getCause();
        }
        return summary.toString();
    }

    /** The database's time, and when it was that time. */
    private record Reading(@Nullable Instant databaseNow, long readAtNanos) {}
}
