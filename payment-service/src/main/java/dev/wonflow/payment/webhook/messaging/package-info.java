/** Webhooks as Kafka brings them. */
@NullMarked
package dev.wonflow.payment.webhook.messaging;

import org.jspecify.annotations.NullMarked;
