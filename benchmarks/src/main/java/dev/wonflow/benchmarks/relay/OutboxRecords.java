package dev.wonflow.benchmarks.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes the record both peers send: the same key, body and ten headers as ours, so that Kafka's share is the same. */
final class OutboxRecords {

    private static final byte[] SPEC_VERSION = "1.0".getBytes(UTF_8);
    private static final byte[] SOURCE = "/wonflow/benchmarks".getBytes(UTF_8);
    private static final byte[] CONTENT_TYPE = "application/json".getBytes(UTF_8);

    private OutboxRecords() {}

    static ProducerRecord<byte[], byte[]> of(
            byte[] id,
            String topic,
            byte[] key,
            byte[] type,
            byte[] sequence,
            byte[] tenantId,
            byte[] occurredAt,
            byte[] payload) {
        var headers = new RecordHeaders();
        headers.add("ce_specversion", SPEC_VERSION);
        headers.add("ce_id", id);
        headers.add("ce_type", type);
        headers.add("ce_source", SOURCE);
        headers.add("ce_subject", key);
        headers.add("ce_time", occurredAt);
        headers.add("ce_dataschema", ("urn:wonflow:schema:" + new String(type, UTF_8)).getBytes(UTF_8));
        headers.add("ce_sequence", sequence);
        headers.add("ce_tenantid", tenantId);
        headers.add("content-type", CONTENT_TYPE);
        return new ProducerRecord<>(topic, null, null, key, payload, headers);
    }
}
