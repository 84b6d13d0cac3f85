package dev.wonflow.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * A message to be published: one CloudEvent, its body ready as JSON.
 *
 * @param id identity of the message on every retry ({@code ce_id}); minted by the caller, once
 * @param topic Kafka topic
 * @param key Kafka key and {@code ce_subject}; messages of one key stay in order; at most 200 characters
 * @param type name with a major version, such as {@code payment.paid.v1} ({@code ce_type})
 * @param sequence version of the aggregate after the change ({@code ce_sequence})
 * @param tenantId whose data this is ({@code ce_tenantid})
 * @param occurredAt when it became true ({@code ce_time})
 * @param payload JSON text; at most 64 KiB in UTF-8
 */
public record OutboxMessage(
        UUID id,
        String topic,
        String key,
        String type,
        long sequence,
        String tenantId,
        Instant occurredAt,
        String payload) {}
