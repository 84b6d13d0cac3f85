/** Tenants whose time is ahead of all others', to try what becomes of their subscriptions. */
@NullMarked
package dev.wonflow.subscription.testclock;

import org.jspecify.annotations.NullMarked;
