/** Kafka face of charges: contracts read and written. */
@NullMarked
package dev.wonflow.payment.charge.messaging;

import org.jspecify.annotations.NullMarked;
