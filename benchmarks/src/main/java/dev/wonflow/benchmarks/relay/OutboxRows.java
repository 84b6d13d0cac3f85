package dev.wonflow.benchmarks.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Reads the few messages of PostgreSQL's own output plugin that an insert-only table needs.
 *
 * @see <a href="https://www.postgresql.org/docs/18/protocol-logicalrep-message-formats.html">Message formats</a>
 */
final class OutboxRows {

    private final Map<String, Integer> columns = new HashMap<>();

    /** Learns where each column stands. */
    void relation(ByteBuffer message) {
        message.getInt();
        text(message);
        text(message);
        message.get();
        int count = message.getShort();
        columns.clear();
        for (int i = 0; i < count; i++) {
            message.get();
            columns.put(text(message), i);
            message.getInt();
            message.getInt();
        }
    }

    ProducerRecord<byte[], byte[]> insert(ByteBuffer message) {
        message.getInt();
        message.get();
        var values = new byte[message.getShort()][];
        for (int i = 0; i < values.length; i++) {
            byte kind = message.get();
            if (kind != 't') {
                throw new IllegalStateException("column " + i + ": kind " + (char) kind + " (expected: t)");
            }
            values[i] = new byte[message.getInt()];
            message.get(values[i]);
        }
        return OutboxRecords.of(
                value(values, "id"),
                new String(value(values, "aggregatetype"), UTF_8),
                value(values, "aggregateid"),
                value(values, "type"),
                value(values, "sequence"),
                value(values, "tenant_id"),
                value(values, "occurred_at"),
                value(values, "payload"));
    }

    /** Where the WAL goes on after this transaction: what may be confirmed once its records are safe. */
    static LogSequenceNumber endOfCommit(ByteBuffer message) {
        message.get();
        message.getLong();
        return LogSequenceNumber.valueOf(message.getLong());
    }

    private byte[] value(byte[][] values, String column) {
        Integer index = columns.get(column);
        if (index == null) {
            throw new IllegalStateException("column " + column + ": not in " + columns.keySet());
        }
        return values[index];
    }

    private static String text(ByteBuffer message) {
        int start = message.position();
        while (message.get() != 0) {
            // The text ends with a zero byte.
        }
        var bytes = new byte[message.position() - start - 1];
        message.get(start, bytes);
        return new String(bytes, UTF_8);
    }
}
