/** How subscriptions, purchases and incidents are stored. */
@NullMarked
package dev.wonflow.subscription.subscription.jdbc;

import org.jspecify.annotations.NullMarked;
