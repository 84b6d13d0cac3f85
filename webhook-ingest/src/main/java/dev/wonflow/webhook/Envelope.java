package dev.wonflow.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What the ingest reads of a webhook's body.
 *
 * @param shape form of the JSON
 * @param eventType Toss's name of the event; absent in {@link Shape#FLAT}
 * @param subject what the webhook is about: its orderId, else its paymentKey, else another id it names
 */
public record Envelope(
        Shape shape, @Nullable String eventType, @Nullable String subject) {}
