/** How subscriptions, purchases and incidents are stored. */
@NullMarked
package dev.wonflow.subscription.jdbc;

import org.jspecify.annotations.NullMarked;
