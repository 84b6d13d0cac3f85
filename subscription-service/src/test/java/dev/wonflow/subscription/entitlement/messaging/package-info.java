/** Tests of the contract of entitlements. */
@NullMarked
package dev.wonflow.subscription.entitlement.messaging;

import org.jspecify.annotations.NullMarked;
