/** Tests against contracts, PostgreSQL and Kafka. */
@NullMarked
package dev.wonflow.subscription.subscription.messaging;

import org.jspecify.annotations.NullMarked;
