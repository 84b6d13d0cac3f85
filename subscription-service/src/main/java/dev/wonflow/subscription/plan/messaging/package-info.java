/** The catalogue as Kafka tells it. */
@NullMarked
package dev.wonflow.subscription.plan.messaging;

import org.jspecify.annotations.NullMarked;
