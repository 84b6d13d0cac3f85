/** Checkout requests and payment events in, order events out. */
@NullMarked
package dev.wonflow.order.messaging;

import org.jspecify.annotations.NullMarked;
