/** Tests of the plan catalogue. */
@NullMarked
package dev.wonflow.subscription.plan.messaging;

import org.jspecify.annotations.NullMarked;
