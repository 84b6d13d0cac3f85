/** Kafka face of payments: contracts read and written. */
@NullMarked
package dev.wonflow.payment.payment.messaging;

import org.jspecify.annotations.NullMarked;
