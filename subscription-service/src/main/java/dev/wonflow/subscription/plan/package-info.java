/** The plans on sale and their prices. */
@NullMarked
package dev.wonflow.subscription.plan;

import org.jspecify.annotations.NullMarked;
