/** What tenants may use, as their subscriptions say. */
@NullMarked
package dev.wonflow.subscription.entitlement;

import org.jspecify.annotations.NullMarked;
