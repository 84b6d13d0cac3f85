/** Subscriptions that a merchant who moves in brings along. */
@NullMarked
package dev.wonflow.subscription.importing;

import org.jspecify.annotations.NullMarked;
