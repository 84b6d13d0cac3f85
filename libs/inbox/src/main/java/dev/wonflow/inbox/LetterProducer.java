package dev.wonflow.inbox;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** The producer of dead letters: opened with the first of them, and anew after one that cannot go on. */
final class LetterProducer implements AutoCloseable {

    private final Supplier<Producer<byte[], byte[]>> opening;
    private final Duration patience;
    private @Nullable Producer<byte[], byte[]> current;
    private boolean closed;

    /** @param patience how long a producer that is closed waits for what it has sent */
    LetterProducer(Supplier<Producer<byte[], byte[]>> opening, Duration patience) {
        this.opening = opening;
        this.patience = patience;
    }

    /** @throws IllegalStateException after it was closed */
    synchronized Producer<byte[], byte[]> get() {
        if (closed) {
            throw new IllegalStateException("dead letters: closed (expected: no letter after the end)");
        }
        Producer<byte[], byte[]> producer = current;
        if (producer == null) {
            producer = opening.get();
            current = producer;
        }
        return producer;
    }

    /**
     * Has the next letter open a new one; may wait for what this one has sent.
     *
     * @return {@code false} if that had happened already
     */
    boolean discard(Producer<byte[], byte[]> broken) {
        synchronized (this) {
            if (!Objects.equals(current, broken)) {
                return false;
            }
            current = null;
        }
        broken.close(patience);
        return true;
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> last;
        synchronized (this) {
            last = current;
            current = null;
            closed = true;
        }
        if (last != null) {
            last.close(patience);
        }
    }
}
