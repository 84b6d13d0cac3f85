/** Subscriptions: what a tenant has paid for, and until when. */
@NullMarked
package dev.wonflow.subscription.subscription;

import org.jspecify.annotations.NullMarked;
