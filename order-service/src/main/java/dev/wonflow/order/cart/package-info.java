/** What is in a cart, what it costs and what it is called. */
@NullMarked
package dev.wonflow.order.cart;

import org.jspecify.annotations.NullMarked;
