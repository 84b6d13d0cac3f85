/** Orders: what a buyer wants, from the checkout request until it is shipped or cancelled. */
@NullMarked
package dev.wonflow.order;

import org.jspecify.annotations.NullMarked;
