/** An order from its placing until it is shipped or cancelled, and what moves it. */
@NullMarked
package dev.wonflow.order.order;

import org.jspecify.annotations.NullMarked;
