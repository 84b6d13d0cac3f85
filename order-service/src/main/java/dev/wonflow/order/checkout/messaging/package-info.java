/** Checkout requests in. */
@NullMarked
package dev.wonflow.order.checkout.messaging;

import org.jspecify.annotations.NullMarked;
