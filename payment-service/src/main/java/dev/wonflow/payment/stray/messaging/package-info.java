/** What is told of stray captures over Kafka. */
@NullMarked
package dev.wonflow.payment.stray.messaging;

import org.jspecify.annotations.NullMarked;
