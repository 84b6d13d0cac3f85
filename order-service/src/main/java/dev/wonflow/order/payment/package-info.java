/** What an order knows of its payments, and remembers of those that failed. */
@NullMarked
package dev.wonflow.order.payment;

import org.jspecify.annotations.NullMarked;
