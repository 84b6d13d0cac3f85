package dev.wonflow.relay;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.jspecify.annotations.NullUnmarked;

/**
 * Offsets of one run of the engine, forgotten with it. The engine insists on reading back what it wrote before it tells
 * PostgreSQL; but a run that resumes from a stored offset loses events on PostgreSQL 17 and newer (debezium/dbz issues
 * 51, 76 and 1554), so each run starts empty and PostgreSQL's slot alone decides where.
 */
@NullUnmarked // Kafka Connect's interface says nothing of null.
public final class RunOffsets implements OffsetBackingStore {

    private final Map<ByteBuffer, ByteBuffer> offsets = new ConcurrentHashMap<>();

    @Override
    public void start() {
        offsets.clear();
    }

    @Override
    public void stop() {
        offsets.clear();
    }

    @Override
    public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
        Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
        for (ByteBuffer key : keys) {
            found.put(key, offsets.get(key));
        }
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, Callback<Void> callback) {
        offsets.putAll(values);
        if (callback != null) {
            callback.onCompletion(null, null);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connectorName) {
        return Set.of();
    }

    @Override
    public void configure(WorkerConfig config) {
        // Nothing to set.
    }
}
