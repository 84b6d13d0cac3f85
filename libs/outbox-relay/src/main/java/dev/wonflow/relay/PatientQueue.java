package dev.wonflow.relay;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.Sizeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine's queue between the thread that decodes the log and the one that sends, with a rest for the latter.
 *
 * <p>In Debezium 3.6 {@code ChangeEventQueue.poll()} counts its poll interval in whole milliseconds and spends the last
 * one asking an empty queue for its size in a loop: with an interval of 1 ms, half a processor while nothing happens.
 * It holds its lock meanwhile, so a rest taken inside that question delays nobody. Every method is called under that
 * lock.
 *
 * @param <T> what the engine queues
 */
public final class PatientQueue<T extends Sizeable> implements QueueProvider<T> {

    static final String NAME = "wonflow-patient";

    /** Counts against latency only from the end of the wait on, which is over within a millisecond anyway. */
    private static final Duration REST = Duration.ofNanos(300_000);

    /** A poll asks twice before it waits by itself. */
    private static final int QUESTIONS_OF_A_POLL = 2;

    private final Queue<T> queue = new ArrayDeque<>();
    private final LongSupplier nanoTime;
    private final LongConsumer rest;
    private @Nullable Thread writer;
    private int questions;
    private long askedAt;

    /** For the engine, which finds it by name. */
    public PatientQueue() {
        this(System::nanoTime, LockSupport::parkNanos);
    }

    PatientQueue(LongSupplier nanoTime, LongConsumer rest) {
        this.nanoTime = nanoTime;
        this.rest = rest;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void configure(Map<String, ?> configuration) {
        // Bounded by its user.
    }

    @Override
    public void enqueue(T event) {
        writer = Thread.currentThread();
        queue.add(event);
    }

    @Override
    public @Nullable T poll() {
        return queue.poll();
    }

    @Override
    public int size() {
        if (queue.isEmpty() && !Thread.currentThread().equals(writer)) {
            long now = nanoTime.getAsLong();
            questions = now - askedAt < REST.toNanos() * 2 ? questions + 1 : 1;
            if (questions > QUESTIONS_OF_A_POLL) {
                rest.accept(REST.toNanos());
            }
            askedAt = nanoTime.getAsLong();
        }
        return queue.size();
    }
}
