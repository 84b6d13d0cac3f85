/** Kafka face of entitlements: the contract written. */
@NullMarked
package dev.wonflow.subscription.entitlement.messaging;

import org.jspecify.annotations.NullMarked;
