/** Kafka face of the ingest: publishes webhooks and knows whether Kafka is there. */
@NullMarked
package dev.wonflow.webhook.messaging;

import org.jspecify.annotations.NullMarked;
