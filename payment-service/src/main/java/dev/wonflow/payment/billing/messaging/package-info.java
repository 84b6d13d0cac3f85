/** Kafka face of billing methods: contracts written. */
@NullMarked
package dev.wonflow.payment.billing.messaging;

import org.jspecify.annotations.NullMarked;
