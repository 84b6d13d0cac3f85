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

    /** @param patience how long a producer that is closed waits for what it has sent */
    LetterProducer(Supplier<Producer<byte[], byte[]>> opening, Duration patience) {
        this.opening = opening;
        this.patience = patience;
    }

    synchronized Producer<byte[], byte[]> get() {
        Producer<byte[], byte[]> producer = current;
        if (producer == null) {
            producer = opening.get();
            current = producer;
        }
        return producer;
    }

    /** Has the next letter open a new one, unless that has happened already; may wait for what this one has sent. */
    void discard(Producer<byte[], byte[]> broken) {
        synchronized (this) {
            if (!Objects.equals(current, broken)) {
                return;
            }
            current = null;
        }
        broken.close(patience);
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> last;
        synchronized (this) {
            last = current;
            current = null;
        }
        if (last != null) {
            last.close(patience);
        }
    }
}
