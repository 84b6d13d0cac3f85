package dev.wonflow.relay;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.StopEngineException;
import io.debezium.engine.format.ChangeEventFormat;
import io.debezium.engine.spi.OffsetCommitPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the Debezium engine, from its start to its first error or our stop; a new one is made after that.
 *
 * <p>Events are sent as they come, batch upon batch, without waiting for Kafka. What makes waiting unnecessary is that
 * the engine asks its commit policy after each batch and also when nothing came, always on the thread that takes from
 * its queue. So this class is handler and policy in one: asked, it looks how far Kafka's acknowledgements reach without
 * a hole, has that position recorded, and once that is durable marks it processed, which moves the slot. Between two
 * answers that thread rests, since in the queue it would spin.
 */
final class EngineRun implements DebeziumEngine.ChangeConsumer<RecordChangeEvent<SourceRecord>>, OffsetCommitPolicy {

    private static final Logger log = LoggerFactory.getLogger(EngineRun.class);

    private final Properties engineProperties;
    private final Function<Sleeper, OrderedSender<Place>> senders;
    private final RelayHeartbeat heartbeats;
    private final RelayStatus status;
    private final Duration confirmInterval;
    private final Duration stopTimeout;
    private final Rest rest;

    private volatile @Nullable DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private volatile @Nullable Throwable failure;
    private volatile boolean active;
    private volatile boolean stopping;
    private volatile long stopDeadline;
    private volatile boolean progressed;

    // Only the sending thread touches what follows.
    private @Nullable OrderedSender<Place> sender;
    private @Nullable RecordCommitter<RecordChangeEvent<SourceRecord>> committer;
    private @Nullable RecordChangeEvent<SourceRecord> latest;
    private boolean handling;
    private SlotRecord start;
    private Heartbeat heartbeat;
    private @Nullable Place arrived;
    private @Nullable Place recording;
    private @Nullable CompletableFuture<Boolean> recorded;
    private long lastRecordingLsn;
    private long nextRecordingNanos = System.nanoTime();

    EngineRun(
            Properties engineProperties,
            Function<Sleeper, OrderedSender<Place>> senders,
            RelayHeartbeat heartbeats,
            RelayStatus status,
            SlotRecord start,
            Duration confirmInterval,
            Duration longestRest,
            Duration stopTimeout) {
        this.engineProperties = engineProperties;
        this.senders = senders;
        this.heartbeats = heartbeats;
        this.status = status;
        this.start = start;
        this.confirmInterval = confirmInterval;
        this.stopTimeout = stopTimeout;
        this.heartbeat = start.lastHeartbeat();
        this.rest = new Rest(engineProperties.getProperty(RestingQueue.RUN), confirmInterval, longestRest, Rest.GATHER);
    }

    /**
     * Reads until stopped.
     *
     * @throws IllegalStateException with the cause, if it ended for any other reason
     * @throws WalGap if part of the log did not come through
     */
    void run() {
        rest.announce();
        try {
            DebeziumEngine<RecordChangeEvent<SourceRecord>> engine = engine();
            this.engine = engine;
            engine.run();
        } finally {
            rest.forget();
            active = false;
            status.oldestInFlight(null);
            OrderedSender<Place> sender = this.sender;
            if (sender != null) {
                sender.close();
            }
        }
        Throwable failure = this.failure;
        if (failure instanceof WalGap gap && !stopping) {
            throw gap;
        }
        if (!stopping) {
            throw new IllegalStateException("the engine ended", failure);
        }
    }

    private DebeziumEngine<RecordChangeEvent<SourceRecord>> engine() {
        return DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(engineProperties)
                .using((OffsetCommitPolicy) this)
                .using((DebeziumEngine.CompletionCallback) (success, message, error) -> {
                    if (!success) {
                        fail(error == null ? new IllegalStateException(message) : error);
                    }
                })
                .notifying(this)
                .build();
    }

    /** Whether the slot is ours and changes, if there are any, come through. */
    boolean isActive() {
        return active;
    }

    /** Whether a position was confirmed, so the trouble before this run is over. */
    boolean hasProgressed() {
        return progressed;
    }

    /** Lets what was sent arrive, within the time limit, and ends the run. Returns at once. */
    void stop() {
        stopDeadline = System.nanoTime() + stopTimeout.toNanos();
        stopping = true;
        rest.end();
    }

    /** Ends the run with a failure. */
    void abort(String reason) {
        fail(new IllegalStateException(reason));
        close();
    }

    /** Ends the run without waiting for anything. */
    void close() {
        rest.end();
        DebeziumEngine<?> engine = this.engine;
        if (engine != null) {
            try {
                engine.close();
            } catch (IOException | IllegalStateException e) {
                log.debug("The engine was ending already", e);
            }
        }
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> events, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        try {
            handling = true;
            if (this.committer == null) {
                begin(committer);
            }
            for (RecordChangeEvent<SourceRecord> event : events) {
                latest = event;
                for (SourceRecord record : RestingQueue.unpack(event.record())) {
                    if (stopping) {
                        finish(committer);
                    }
                    take(record);
                    awaitRoom(committer);
                }
            }
            handling = false;
            committer.markBatchFinished();
        } catch (RuntimeException e) {
            if (!(e instanceof StopEngineException)) {
                fail(e);
            }
            throw e;
        }
    }

    /** Asked by the engine, on the sending thread, after each batch and whenever there was none. */
    @Override
    public boolean performCommit(long ignoredCount, Duration ignoredTime) {
        try {
            long end = System.nanoTime() + rest.longest().toNanos();
            boolean confirmed = confirm();
            while (!confirmed && !handling && rest.sleep(nanosUntil(end))) {
                confirmed = confirm();
            }
            if (confirmed) {
                rest.expectWrite();
            }
            return confirmed;
        } catch (RuntimeException e) {
            fail(e);
            throw e;
        }
    }

    /** How long there is nothing to confirm, if nobody wakes us: at most until {@code end}. */
    private long nanosUntil(long end) {
        long now = System.nanoTime();
        Place arrived = this.arrived;
        boolean toRecord = recorded == null && arrived != null && arrived.lsn() > lastRecordingLsn;
        return Math.min(end - now, toRecord ? Math.max(1, nextRecordingNanos - now) : Long.MAX_VALUE);
    }

    private void begin(RecordCommitter<RecordChangeEvent<SourceRecord>> committer) {
        // Another instance may have been active between our look at the slot and now.
        start = join(heartbeats.begin());
        heartbeat = start.lastHeartbeat();
        this.committer = committer;
        sender = senders.apply(rest.sender());
        active = true;
        rest.begin();
        status.become(RelayStatus.Role.ACTIVE);
        heartbeats.hurry();
        log.info("The relay is active from {} on", start.publishedLsn());
    }

    private void take(SourceRecord record) {
        OrderedSender<Place> sender = sender();
        long lsn = position(record.sourceOffset());
        if (!(record.value() instanceof Struct value) || value.schema().field("op") == null) {
            // A heartbeat of the engine itself, which carries the position of the last commit it has read.
            sender.pass(new Place(record.sourceOffset(), lsn, heartbeat, 0));
            return;
        }
        Struct source = value.getStruct("source");
        String table = source.getString("table");
        Struct row = value.getStruct("after");
        switch (table) {
            case "outbox" ->
                sender.send(new Place(record.sourceOffset(), lsn, heartbeat, source.getInt64("ts_ms")), outboxRow(row));
            case "relay_heartbeat" -> {
                if (row.getString("slot_name").equals(engineProperties.getProperty("slot.name"))) {
                    take(heartbeatOf(row));
                }
                sender.pass(new Place(record.sourceOffset(), lsn, heartbeat, 0));
            }
            default ->
                throw new IllegalStateException(
                        "publication: a change of table " + table + " (expected: outbox or relay_heartbeat)");
        }
    }

    private void take(Heartbeat next) {
        if (next.number() > heartbeat.number() + 1) {
            throw new WalGap("heartbeat " + next.number() + " came after " + heartbeat.number()
                    + ", so changes between them did not come through");
        }
        if (next.number() > heartbeat.number()) {
            heartbeat = next;
        }
    }

    private void awaitRoom(RecordCommitter<RecordChangeEvent<SourceRecord>> committer) throws InterruptedException {
        OrderedSender<Place> sender = sender();
        while (sender.isFull()) {
            committer.markBatchFinished();
            if (sender.isFull()) {
                if (stopping) {
                    finish(committer);
                }
                awaitArrivals();
            }
        }
    }

    /** Waits until all that was sent is confirmed, or the time is up; the engine then ends in good order. */
    private void finish(RecordCommitter<RecordChangeEvent<SourceRecord>> committer) throws InterruptedException {
        while (stopDeadline - System.nanoTime() > 0) {
            committer.markBatchFinished();
            Place arrived = this.arrived;
            boolean allRecorded = arrived == null || arrived.lsn() <= lastRecordingLsn;
            if (sender().count() == 0 && recorded == null && allRecorded) {
                throw new StopEngineException("stopped, all confirmed");
            }
            awaitArrivals();
        }
        log.warn("The relay stops with {} events not acknowledged; they will be sent again", sender().count());
        throw new StopEngineException("stopped, time is up");
    }

    private boolean confirm() {
        OrderedSender<Place> sender = this.sender;
        if (sender == null) {
            return false;
        }
        sender.requireHealthy();
        Place newlyArrived = sender.advance();
        if (newlyArrived != null) {
            arrived = newlyArrived;
            status.through(newlyArrived.heartbeat());
        }
        Place oldest = sender.first();
        status.oldestInFlight(
                oldest == null || oldest.committedAt() == 0 ? null : Instant.ofEpochMilli(oldest.committedAt()));
        if (recorded != null) {
            return recorded.isDone() && markRecorded();
        }
        long now = System.nanoTime();
        Place arrived = this.arrived;
        if (arrived != null && arrived.lsn() > lastRecordingLsn && (stopping || now - nextRecordingNanos >= 0)) {
            nextRecordingNanos = now + confirmInterval.toNanos();
            lastRecordingLsn = arrived.lsn();
            recording = arrived;
            recorded = heartbeats
                    .record(start.createdLsn(), arrived.lsn(), arrived.heartbeat())
                    .whenComplete((_, _) -> rest.wakeSender());
        }
        return false;
    }

    private boolean markRecorded() {
        CompletableFuture<Boolean> recorded = this.recorded;
        Place place = recording;
        RecordCommitter<RecordChangeEvent<SourceRecord>> committer = this.committer;
        RecordChangeEvent<SourceRecord> latest = this.latest;
        if (recorded == null || place == null || committer == null || latest == null) {
            throw new IllegalStateException("no position is being recorded");
        }
        this.recorded = null;
        boolean durable = join(recorded);
        try {
            if (durable) {
                // Any record of this slot will do, with the offset of the one that is meant.
                DebeziumEngine.Offsets offsets = committer.buildOffsets();
                place.offset().forEach(offsets::set);
                committer.markProcessed(latest, offsets);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while confirming", e);
        }
        progressed = true;
        return true;
    }

    private static <T> T join(CompletableFuture<T> bookkeeping) {
        try {
            return bookkeeping.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WalGap gap) {
                throw gap;
            }
            throw new IllegalStateException("the relay's position is not known for sure", e.getCause());
        }
    }

    private void awaitArrivals() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the engine was closed");
        }
        sender().rest();
    }

    private OrderedSender<Place> sender() {
        OrderedSender<Place> sender = this.sender;
        if (sender == null) {
            throw new IllegalStateException("nothing was read yet");
        }
        return sender;
    }

    private synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        rest.end();
    }

    /**
     * Up to where PostgreSQL may forget once a record is processed: the end of the last transaction read before it.
     * Just after the start there is none yet; the engine then takes the position within the transaction, before its
     * end.
     */
    private static long position(Map<String, ?> offset) {
        Object lsn = offset.get("lsn_commit");
        if (lsn == null) {
            lsn = offset.get("lsn_proc");
        }
        return lsn instanceof Number number ? number.longValue() : 0;
    }

    private static OutboxRow outboxRow(Struct row) {
        return new OutboxRow(
                row.getString("id"),
                row.getString("aggregatetype"),
                row.getString("aggregateid"),
                row.getString("type"),
                row.getInt64("sequence"),
                row.getString("tenant_id"),
                Instant.parse(row.getString("occurred_at")),
                row.getString("payload"),
                // Not there in what was written before the publication had it.
                row.schema().field(OutboxRow.ADDED_COLUMN) == null ? null : row.getString(OutboxRow.ADDED_COLUMN));
    }

    private static Heartbeat heartbeatOf(Struct row) {
        return new Heartbeat(row.getInt64("beat"), row.getInt64("horizon"), Instant.parse(row.getString("beaten_at")));
    }

    /**
     * A place in the log.
     *
     * @param offset as the engine knows it
     * @param lsn up to where PostgreSQL may forget once everything up to here is in Kafka; 0 for no such position
     * @param heartbeat the last heartbeat up to here
     * @param committedAt in ms since 1970, by the database's clock; 0 if there was nothing to send
     */
    record Place(Map<String, ?> offset, long lsn, Heartbeat heartbeat, long committedAt) {}
}
