/** Carries committed outbox rows from PostgreSQL's write-ahead log to Kafka: each at least once, in order per key. */
@NullMarked
package dev.wonflow.relay;

import org.jspecify.annotations.NullMarked;
