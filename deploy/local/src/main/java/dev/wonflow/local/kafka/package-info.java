/** A single Kafka broker in a process of its own. */
@NullMarked
package dev.wonflow.local.kafka;

import org.jspecify.annotations.NullMarked;
