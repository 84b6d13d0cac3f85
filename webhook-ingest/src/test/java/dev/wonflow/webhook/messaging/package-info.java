/** Tests against a real Kafka, and without one. */
@NullMarked
package dev.wonflow.webhook.messaging;

import org.jspecify.annotations.NullMarked;
