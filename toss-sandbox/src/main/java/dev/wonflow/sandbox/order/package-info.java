/** What a merchant says of an order and of its buyer, and the rules for it. */
@NullMarked
package dev.wonflow.sandbox.order;

import org.jspecify.annotations.NullMarked;
