package dev.wonflow.sandbox.state;

import dev.wonflow.runtime.IdSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Moments the sandbox can be put back to, oldest first. */
@Component
public class Snapshots {

    private final LinkedHashMap<String, Snapshot> snapshots = new LinkedHashMap<>();
    private final Books books;
    private final IdSource ids;
    private final int capacity;

    Snapshots(Books books, SnapshotSettings settings, IdSource ids) {
        this.books = books;
        this.capacity = settings.capacity();
        this.ids = ids;
    }

    /** A moment and all that was written in the books then. */
    public record Snapshot(String id, Books.Copy copy) {}

    /**
     * Remembers this moment.
     *
     * @throws IllegalStateException if there are too many, or calls under way do not end
     */
    public synchronized Snapshot take() {
        if (snapshots.size() >= capacity) {
            throw new IllegalStateException("snapshots: " + snapshots.size() + " (expected: fewer than " + capacity
                    + "; DELETE /control/snapshots/{id} forgets one)");
        }
        Snapshot snapshot = new Snapshot(ids.next().toString(), books.copy());
        snapshots.put(snapshot.id(), snapshot);
        return snapshot;
    }

    public synchronized List<Snapshot> all() {
        return List.copyOf(snapshots.values());
    }

    /**
     * Puts time and books back. The snapshot stays, and so do those taken later.
     *
     * @return the snapshot; empty if there is none
     * @throws IllegalStateException if calls under way do not end
     */
    public synchronized Optional<Snapshot> reset(String id) {
        Optional<Snapshot> snapshot = Optional.ofNullable(snapshots.get(id));
        snapshot.ifPresent(found -> books.putBack(found.copy(), found.copy().at()));
        return snapshot;
    }

    /** Forgets a snapshot; false if there is none. */
    public synchronized boolean forget(String id) {
        return snapshots.remove(id) != null;
    }
}
