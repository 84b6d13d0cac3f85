package dev.wonflow.relay;

import dev.wonflow.runtime.trace.Traceparent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox on its way to Kafka, whichever way it was read.
 *
 * @param traceparent null outside any trace, or if it was not read
 */
record OutboxRow(
        String id,
        String topic,
        String key,
        String type,
        long sequence,
        String tenantId,
        Instant occurredAt,
        String payload,
        @Nullable String traceparent) {

    /** The column that is not there while a copy of a version before it may be started. */
    static final String ADDED_COLUMN = "traceparent";

    /** What is read of the table. Decoding a column costs about as much as sending it, so no more than is sent. */
    static final List<String> COLUMNS = List.of(
            "id",
            "aggregatetype",
            "aggregateid",
            "type",
            "sequence",
            "tenant_id",
            "occurred_at",
            "payload",
            ADDED_COLUMN);

    private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
    private static final Header CONTENT_TYPE = header("content-type", "application/json");

    /** The row as a CloudEvent, version 1.0, in Kafka's binary mode: attributes as headers, body as it was stored. */
    ProducerRecord<byte[], byte[]> toRecord(Header source) {
        List<Header> headers = new ArrayList<>(List.of(
                SPEC_VERSION,
                header("ce_id", id),
                header("ce_type", type),
                source,
                header("ce_subject", key),
                header("ce_time", occurredAt.toString()),
                header("ce_dataschema", "urn:wonflow:schema:" + type),
                header("ce_sequence", Long.toString(sequence)),
                header("ce_tenantid", tenantId),
                CONTENT_TYPE));
        Traceparent.parse(traceparent).ifPresent(cause -> headers.add(header(Traceparent.HEADER, cause.toString())));
        return new ProducerRecord<>(topic, null, null, bytes(key), bytes(payload), headers);
    }

    static List<String> withoutAdded(List<String> columns) {
        return columns.stream().filter(column -> !column.equals(ADDED_COLUMN)).toList();
    }

    static Header sourceHeader(String source) {
        return header("ce_source", source);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
