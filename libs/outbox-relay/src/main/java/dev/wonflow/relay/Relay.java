package dev.wonflow.relay;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Keeps the relay going: makes the slot ready, runs the engine, and after any error does so again, each time a little
 * later. Of several instances the one that holds the slot is active; the others stand by until it lets go.
 */
final class Relay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    /** Started before and stopped after web server and listeners, which cause events; before pools and producers go. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    /** What the engine needs to end after all is confirmed. */
    private static final Duration ENDING = Duration.ofSeconds(3);

    private final RelayProperties settings;
    private final JdbcConnectionDetails details;
    private final RelayDatabase database;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Header source;
    private final RelayStatus status;
    private final BackOff backOff;
    private BackOffExecution pauses;

    private volatile boolean running;
    private volatile @Nullable EngineRun run;
    private @Nullable Thread thread;
    private @Nullable RelayHeartbeat heartbeats;
    private @Nullable SlotKeeper keeper;
    private @Nullable String gap;
    private long runs;
    private @Nullable String lastLogged;

    Relay(
            RelayProperties settings,
            JdbcConnectionDetails details,
            RelayDatabase database,
            Supplier<Producer<byte[], byte[]>> producers,
            Header source,
            RelayStatus status) {
        this.settings = settings;
        this.details = details;
        this.database = database;
        this.producers = producers;
        this.source = source;
        this.status = status;
        this.backOff = backOff(settings.backOffInitial(), settings.backOffMax());
        this.pauses = backOff.start();
    }

    /** Pauses that double, each by up to a half longer or shorter so that instances do not march in step. */
    static BackOff backOff(Duration initial, Duration max) {
        ExponentialBackOff backOff = new ExponentialBackOff(initial.toMillis(), 2);
        backOff.setMaxInterval(max.toMillis());
        backOff.setJitter(initial.toMillis() / 2);
        return backOff;
    }

    @Override
    public synchronized void start() {
        running = true;
        status.become(RelayStatus.Role.STARTING);
        RelayHeartbeat heartbeats = new RelayHeartbeat(database, status, settings.heartbeatInterval());
        SlotKeeper keeper = new SlotKeeper(
                database, status, owner -> sender(new LongAdder(), owner), settings.republishOverlap(), () -> running);
        this.heartbeats = heartbeats;
        this.keeper = keeper;
        Thread thread = new Thread(() -> supervise(heartbeats, keeper), "wonflow-relay");
        thread.setDaemon(true);
        this.thread = thread;
        heartbeats.start();
        thread.start();
    }

    @Override
    public synchronized void stop() {
        running = false;
        EngineRun run = this.run;
        if (run != null) {
            run.stop();
        }
        SlotKeeper keeper = this.keeper;
        if (keeper != null) {
            keeper.cancel();
        }
        Thread thread = this.thread;
        if (thread != null) {
            LockSupport.unpark(thread);
            try {
                if (!thread.join(settings.stopTimeout().plus(ENDING)) && run != null) {
                    log.warn("The relay does not end in time; what it has not confirmed will be sent again");
                    run.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        RelayHeartbeat heartbeats = this.heartbeats;
        if (heartbeats != null) {
            heartbeats.stop();
        }
        status.become(RelayStatus.Role.STOPPED);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void supervise(RelayHeartbeat heartbeats, SlotKeeper keeper) {
        while (running) {
            try {
                if (!attempt(heartbeats, keeper)) {
                    status.become(RelayStatus.Role.STANDBY);
                    pauses = backOff.start();
                    pause(settings.standbyInterval());
                }
            } catch (WalGap e) {
                gap = e.getMessage();
                failed(e);
            } catch (SQLException | RuntimeException e) {
                if (running) {
                    failed(e);
                }
            }
        }
    }

    /** Answers false if another instance is active. */
    private boolean attempt(RelayHeartbeat heartbeats, SlotKeeper keeper) throws SQLException {
        SlotKeeper.Prepared prepared = keeper.prepare(gap);
        if (prepared == null) {
            return false;
        }
        gap = null;
        runs++;
        EngineRun run = new EngineRun(
                EngineSettings.of(
                        settings,
                        prepared.server(),
                        details.getJdbcUrl(),
                        details.getUsername(),
                        details.getPassword(),
                        database.slotName(),
                        runs),
                owner -> sender(status.eventsSent, owner),
                heartbeats,
                status,
                prepared.record(),
                settings.confirmInterval(),
                settings.longestRest(),
                settings.stopTimeout());
        this.run = run;
        heartbeats.attach(run);
        try {
            if (running) {
                run.run();
            }
            return true;
        } catch (IllegalStateException e) {
            if (slotInUse(e)) {
                return false;
            }
            throw e;
        } finally {
            heartbeats.detach();
            this.run = null;
            if (run.hasProgressed()) {
                pauses = backOff.start();
                lastLogged = null;
            }
        }
    }

    private void failed(Exception e) {
        Duration pause = Duration.ofMillis(pauses.nextBackOff());
        status.failed(e);
        String error = String.valueOf(status.lastError());
        if (error.equals(lastLogged)) {
            log.warn("The relay failed again in the same way; next attempt in {} ms", pause.toMillis());
        } else {
            log.warn("The relay failed; next attempt in {} ms", pause.toMillis(), e);
            lastLogged = error;
        }
        pause(pause);
    }

    private void pause(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        long left = pause.toNanos();
        while (running && left > 0) {
            LockSupport.parkNanos(this, left);
            left = end - System.nanoTime();
        }
    }

    private <T> OrderedSender<T> sender(LongAdder sent, Sleeper owner) {
        return new OrderedSender<>(
                producers.get(),
                source,
                settings.maxInFlight(),
                settings.maxInFlightSize().toBytes(),
                sent,
                owner);
    }

    private static boolean slotInUse(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && RelayDatabase.SLOT_IN_USE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
