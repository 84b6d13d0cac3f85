/** Kafka face: payments in, activations out. */
@NullMarked
package dev.wonflow.subscription.subscription.messaging;

import org.jspecify.annotations.NullMarked;
