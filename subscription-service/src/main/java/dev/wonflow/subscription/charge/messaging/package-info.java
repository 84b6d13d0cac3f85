/** Kafka face of charges: commands written, results read. */
@NullMarked
package dev.wonflow.subscription.charge.messaging;

import org.jspecify.annotations.NullMarked;
