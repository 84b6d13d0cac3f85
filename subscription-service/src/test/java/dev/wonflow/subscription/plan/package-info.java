/** Tests of the plan catalogue. */
@NullMarked
package dev.wonflow.subscription.plan;

import org.jspecify.annotations.NullMarked;
