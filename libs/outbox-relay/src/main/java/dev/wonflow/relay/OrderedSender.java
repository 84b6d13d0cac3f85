package dev.wonflow.relay;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Sends events without waiting for each, and tells how far from the beginning all of them have arrived. To be used by
 * one thread, the one that made it; after a failure it is of no further use.
 *
 * @param <T> what stands for an event's place in the log
 */
final class OrderedSender<T> implements AutoCloseable {

    /** Every answer from Kafka ends it; what nobody signals waits no longer than this. */
    private static final Duration LONGEST_NAP = Duration.ofMillis(50);

    private final InFlight<T> inFlight = new InFlight<>();
    private final Producer<byte[], byte[]> producer;
    private final Header source;
    private final int maxCount;
    private final long maxBytes;
    private final LongAdder sent;
    private final Sleeper owner;

    /**
     * A sender of the thread that calls.
     *
     * @param maxCount from so many events on the way it is full
     * @param maxBytes from so many bytes of keys and values on the way it is full
     * @param sent counts what has arrived
     * @param owner where that thread sleeps; each answer from Kafka wakes it
     */
    OrderedSender(
            Producer<byte[], byte[]> producer,
            Header source,
            int maxCount,
            long maxBytes,
            LongAdder sent,
            Sleeper owner) {
        this.producer = producer;
        this.source = source;
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
        this.sent = sent;
        this.owner = owner;
    }

    /** Hands an event to Kafka; returns before it has arrived. */
    void send(T place, OutboxRow row) {
        requireHealthy();
        ProducerRecord<byte[], byte[]> record = row.toRecord(source);
        InFlight.Ticket<T> ticket = inFlight.add(place, record.key().length + record.value().length);
        var _ = producer.send(record, (_, failure) -> {
            if (failure == null) {
                sent.increment();
                ticket.acknowledged();
            } else {
                failed(ticket, failure);
            }
            owner.wake();
        });
        requireHealthy();
    }

    /**
     * Closes at once and from within Kafka's callback: after it, the next event of the same key would be on its way,
     * and it would come before this one, which is sent again later.
     */
    private void failed(InFlight.Ticket<T> ticket, Exception failure) {
        boolean first = inFlight.failure() == null;
        ticket.failed(failure);
        if (first) {
            producer.close(Duration.ZERO);
        }
    }

    /** Keeps a place in the order for something that needs no sending. */
    void pass(T place) {
        inFlight.add(place, 0).acknowledged();
    }

    /** Answers the last place up to which everything has newly arrived, or null if nothing new has. */
    @Nullable
    T advance() {
        return inFlight.advance();
    }

    /** The oldest place not known to have arrived. */
    @Nullable
    T first() {
        return inFlight.first();
    }

    int count() {
        return inFlight.count();
    }

    boolean isFull() {
        return inFlight.count() >= maxCount || inFlight.bytes() >= maxBytes;
    }

    /** Rests until some event has arrived, or for a moment. */
    void rest() {
        owner.sleep(LONGEST_NAP.toNanos());
    }

    /**
     * Does nothing while all is well.
     *
     * @throws IllegalStateException if some event could not be sent
     */
    void requireHealthy() {
        Throwable failure = inFlight.failure();
        if (failure != null) {
            throw new IllegalStateException("Kafka did not take an event", failure);
        }
    }

    /** Drops what has not arrived: PostgreSQL will bring it again, in order, while leftovers might overtake. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
