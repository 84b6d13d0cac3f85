/** The plans on sale, their prices, and what they were before. */
@NullMarked
package dev.wonflow.subscription.plan;

import org.jspecify.annotations.NullMarked;
