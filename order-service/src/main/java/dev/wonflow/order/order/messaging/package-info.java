/** Order events out, and what happened to payments in. */
@NullMarked
package dev.wonflow.order.order.messaging;

import org.jspecify.annotations.NullMarked;
