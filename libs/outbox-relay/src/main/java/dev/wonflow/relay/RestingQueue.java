package dev.wonflow.relay;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The engine's queue between the thread that decodes the log and the one that sends. It wakes the latter, and it hands
 * out all it has at once.
 *
 * <p>In Debezium 3.6 {@code ChangeEventQueue.poll()} waits until a whole batch is there or the poll interval is over,
 * which costs latency, and with batches of one event every event costs a hand-over between two threads, which costs
 * speed. So batches are of one here, and that one may be a bundle of many. Every method but {@code size()} is called
 * under that class's lock.
 */
public final class RestingQueue implements QueueProvider<DataChangeEvent> {

    static final String NAME = "wonflow-resting";

    /** The setting that tells whose queue it is. */
    static final String RUN = "topic.prefix";

    private static final int LARGEST_BUNDLE = 2_048;

    private final Queue<DataChangeEvent> queue = new ArrayDeque<>();
    private @Nullable Rest rest;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void configure(Map<String, ?> configuration) {
        rest = Rest.of(String.valueOf(configuration.get(RUN)));
    }

    @Override
    public void enqueue(DataChangeEvent event) {
        queue.add(event);
        rest().queued();
    }

    @Override
    public @Nullable DataChangeEvent poll() {
        DataChangeEvent first = queue.poll();
        if (first == null) {
            return null;
        }
        if (queue.isEmpty()) {
            rest().taken(1);
            return first;
        }
        List<SourceRecord> records = new ArrayList<>(Math.min(queue.size() + 1, LARGEST_BUNDLE));
        records.add(first.getRecord());
        while (!queue.isEmpty() && records.size() < LARGEST_BUNDLE) {
            records.add(queue.remove().getRecord());
        }
        rest().taken(records.size());
        return new DataChangeEvent(new Bundle(records, records.getLast()));
    }

    @Override
    public int size() {
        return queue.size();
    }

    private Rest rest() {
        Rest rest = this.rest;
        if (rest == null) {
            throw new IllegalStateException("queue: not configured (expected: the engine does so first)");
        }
        return rest;
    }

    /** The records that a record from this queue stands for, in the order of the log. */
    static List<SourceRecord> unpack(SourceRecord record) {
        return record instanceof Bundle bundle ? bundle.records : List.of(record);
    }

    /** To the engine one record, the last of those it carries. */
    private static final class Bundle extends SourceRecord {

        private final List<SourceRecord> records;

        Bundle(List<SourceRecord> records, SourceRecord last) {
            super(last.sourcePartition(), last.sourceOffset(), last.topic(), null, null);
            this.records = records;
        }
    }
}
