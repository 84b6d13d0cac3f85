/** Tests of the relay, most of them on a real PostgreSQL and Kafka. */
@NullMarked
package dev.wonflow.relay;

import org.jspecify.annotations.NullMarked;
