/** The outbox relay compared with the stock engine and with a bare replication stream. */
@NullMarked
package dev.wonflow.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
